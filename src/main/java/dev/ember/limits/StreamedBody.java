package dev.ember.limits;

import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * A response body that is generated while it is sent.
 *
 * @param first the first piece
 * @param rest generates the next piece after the client has received the previous one; null after the last piece
 */
public record StreamedBody(byte[] first, Supplier<CompletionStage<byte[]>> rest) {

    public CompletionStage<byte[]> next() {
        return rest.get();
    }
}
