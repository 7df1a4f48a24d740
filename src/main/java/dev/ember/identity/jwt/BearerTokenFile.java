package dev.ember.identity.jwt;

import dev.ember.identity.IdentityFailure;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * The file with the token that this service sends to the issuer. It is read for each fetch, because Kubernetes replaces
 * the token before it expires.
 */
record BearerTokenFile(Vertx vertx, Path path) {

    private static final Pattern TOKEN = Pattern.compile("[!-~]+");

    /** The token. Fails with an {@link IdentityFailure} if the file has none. */
    Future<String> read() {
        return vertx.executeBlocking(this::readNow, false);
    }

    private String readNow() throws IdentityFailure {
        try {
            String text = Files.readString(path, StandardCharsets.ISO_8859_1).strip();
            if (TOKEN.matcher(text).matches()) {
                return text;
            }
        } catch (IOException e) {
            throw new IdentityFailure("the file of EMBER_JWT_BEARER_TOKEN_FILE cannot be read");
        }
        throw new IdentityFailure("the file of EMBER_JWT_BEARER_TOKEN_FILE has no token");
    }
}
