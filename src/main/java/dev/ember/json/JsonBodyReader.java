package dev.ember.json;

import dev.ember.fault.RequestTooLarge;
import dev.ember.fault.Unavailable;
import dev.ember.limits.BodySize;
import dev.ember.limits.RequestMemories;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import jakarta.validation.Validator;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.Provider;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveResourceInfo;
import org.jboss.resteasy.reactive.server.spi.ServerMessageBodyReader;
import org.jboss.resteasy.reactive.server.spi.ServerRequestContext;

/**
 * Reads the body of every request that has one, as {@code BodyFilter} received it: from where that put it, since a
 * stream is read through a buffer of 16 KiB, which was a quarter of what a create allocates. The methods without
 * annotations are those that Quarkus prefers: a tenth of a create's processor time were annotations of the resource
 * method, read anew for each request.
 */
@Provider
@Consumes(MediaType.WILDCARD)
public class JsonBodyReader implements ServerMessageBodyReader<JsonBody> {

    private static final byte[] NOTHING = {};

    /** The JSON of a body up to this size, in bytes, needs no memory of its own. */
    private static final int SMALL = 16 * 1024;

    private final CurrentVertxRequest request;
    private final RequestMemories memories;
    private final Validator validator;

    JsonBodyReader(CurrentVertxRequest request, RequestMemories memories, Validator validator) {
        this.request = request;
        this.memories = memories;
        this.validator = validator;
    }

    @Override
    public boolean isReadable(
            Class<?> type, Type genericType, ResteasyReactiveResourceInfo method, MediaType mediaType) {
        return type == JsonBody.class;
    }

    @Override
    public JsonBody readFrom(
            Class<JsonBody> type, Type genericType, MediaType mediaType, ServerRequestContext context) {
        return read();
    }

    @Override
    public boolean isReadable(Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
        return type == JsonBody.class;
    }

    @Override
    public JsonBody readFrom(
            Class<JsonBody> type,
            Type genericType,
            Annotation[] annotations,
            MediaType mediaType,
            MultivaluedMap<String, String> headers,
            InputStream in) {
        return read();
    }

    private JsonBody read() {
        RoutingContext present = request.getCurrent();
        if (BodySize.isExceeded(present)) {
            throw new RequestTooLarge(BodySize.MAX_BYTES);
        }
        Buffer body = present.body().buffer();
        byte[] bytes = body == null ? NOTHING : body.getBytes();
        if (bytes.length > SMALL && !memories.ofCurrentRequest().tryAcquire(Json.memory(bytes))) {
            throw Unavailable.memory();
        }
        return new JsonBody(bytes, Json.read(bytes), validator);
    }
}
