package dev.ember.json;

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

    private final RequestBodies bodies;
    private final Validator validator;

    JsonBodyReader(RequestBodies bodies, Validator validator) {
        this.bodies = bodies;
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
        byte[] bytes = bodies.bytes();
        return new JsonBody(bytes, Json.read(bytes), validator);
    }
}
