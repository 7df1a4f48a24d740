package dev.ember.identity.jwt;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

/**
 * Where a claim is in a token.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6901">RFC 6901, JSON pointers</a>
 */
record Claim(JsonPointer pointer) {

    /** @param text the name of a claim, or a JSON pointer, such as {@code /kubernetes.io/namespace} */
    static Claim of(String text) {
        return new Claim(
                text.startsWith("/")
                        ? JsonPointer.compile(text)
                        : JsonPointer.empty().appendProperty(text));
    }

    /** Returns the value of the claim, or {@link MissingNode}. */
    JsonNode in(JsonNode claims) {
        return claims.at(pointer);
    }
}
