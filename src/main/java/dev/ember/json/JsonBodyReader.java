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
 * Reads the body of every request that has one, as {@code BodyFilter} received it: from where that put it, since a
 * stream is read through a buffer of 16 KiB, which was a quarter of what a create allocates. The methods without
 * annotations are those that Quarkus prefers: a tenth of a create's processor time were annotations of the resource
 * method, read anew for each request.
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
