package dev.ember.identity.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.vertx.core.MultiMap;

/**
 * A response of the identity provider.
 *
 * @param body the body; {@link MissingNode} if it is not JSON
 */
public record ProviderResponse(int status, MultiMap headers, JsonNode body) {

    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    /** Whether the provider itself rejects the request, with any 4xx status. */
    boolean isRejection() {
        return status >= 400 && status < 500 && isRejection(status);
    }

    /** Whether the provider itself, and not a proxy or another API, rejects the request with this status. */
    public boolean isRejection(int code) {
        return status == code && body.path("error").path("code").asInt() == code;
    }
}
