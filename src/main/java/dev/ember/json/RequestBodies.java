package dev.ember.json;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ember.fault.MalformedRequest;
import dev.ember.fault.RequestTooLarge;
import dev.ember.fault.Unavailable;
import dev.ember.limits.BodySize;
import dev.ember.limits.RequestMemories;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;

/** Reads the body of the current request, which a station of the pipeline has received. */
@ApplicationScoped
public class RequestBodies {

    private static final byte[] EMPTY = {};

    /** The JSON of a body up to this size, in bytes, needs no memory of its own. */
    private static final int SMALL = 16 * 1024;

    private final CurrentVertxRequest request;
    private final RequestMemories memories;

    RequestBodies(CurrentVertxRequest request, RequestMemories memories) {
        this.request = request;
        this.memories = memories;
    }

    /**
     * The body, with the memory for its JSON acquired.
     *
     * @throws RequestTooLarge when it exceeds {@link BodySize#MAX_BYTES}
     * @throws Unavailable when the memory budget is used up
     */
    byte[] bytes() {
        RoutingContext current = request.getCurrent();
        if (BodySize.isExceeded(current)) {
            throw new RequestTooLarge(BodySize.MAX_BYTES);
        }
        Buffer body = current.body().buffer();
        byte[] bytes = body == null ? EMPTY : body.getBytes();
        if (bytes.length > SMALL && !memories.ofCurrentRequest().tryAcquire(Json.estimateMemory(bytes))) {
            throw Unavailable.memory();
        }
        return bytes;
    }

    /**
     * A JSON object that must not be lost for its content: U+FFFD replaces each character that PostgreSQL cannot store.
     * No body, an empty body and null are an empty object.
     *
     * @throws MalformedRequest when the body is any other JSON value, or not JSON
     */
    public ObjectNode report() {
        byte[] bytes = bytes();
        if (bytes.length == 0) {
            return JsonNodeFactory.instance.objectNode();
        }
        ObjectNode object = Json.readObjectOrNull(bytes);
        return object == null ? JsonNodeFactory.instance.objectNode() : (ObjectNode) StorableJson.repair(object);
    }
}
