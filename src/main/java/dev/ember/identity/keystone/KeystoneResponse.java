package dev.ember.identity.keystone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.vertx.core.MultiMap;

/**
 * A response of Keystone.
 *
 * @param body the body; {@link MissingNode} if it is not JSON
 */
record KeystoneResponse(int status, MultiMap headers, JsonNode body) {

    boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    /** Whether Keystone itself rejects the request, with any 4xx status. */
    boolean isRejection() {
        return status >= 400 && status < 500 && isRejection(status);
    }

    /** Whether Keystone itself, and not a proxy or another API, rejects the request with this status. */
    boolean isRejection(int code) {
        return status == code && body.path("error").path("code").asInt() == code;
    }
}
