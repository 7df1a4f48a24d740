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
 * Parses the body of each request.
 *
 * <p>The body comes from the buffer that {@code BodyFilter} filled. Reading it as a stream would copy it through a 16
 * KiB buffer, which was a quarter of the memory that a create allocates.
 *
 * <p>Quarkus prefers the two methods without an annotations parameter. They avoid reading the annotations of the
 * resource method again for each request, which was a tenth of the CPU time of a create.
 */
@Provider
@Consumes(MediaType.WILDCARD)
public class JsonBodyReader implements ServerMessageBodyReader<JsonBody> {

    private static final byte[] EMPTY = {};

    /** The largest body in bytes whose parsed JSON is not charged to the memory budget. */
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
        RoutingContext context = request.getCurrent();
        if (BodySize.isExceeded(context)) {
            throw new RequestTooLarge(BodySize.MAX_BYTES);
        }
        Buffer body = context.body().buffer();
        byte[] bytes = body == null ? EMPTY : body.getBytes();
        if (bytes.length > SMALL && !memories.ofCurrentRequest().tryAcquire(Json.estimateMemory(bytes))) {
            throw Unavailable.memory();
        }
        return new JsonBody(bytes, Json.read(bytes), validator);
    }
}
