package dev.ember.limits;

import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * A response body that is made while it is sent.
 *
 * @param first the beginning
 * @param rest makes the next piece when the client has taken the one before; null after the last
 */
public record StreamedBody(byte[] first, Supplier<CompletionStage<byte[]>> rest) {

    public CompletionStage<byte[]> next() {
        return rest.get();
    }
}
