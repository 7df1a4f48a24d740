package dev.ember.pipeline.response;

import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveResourceInfo;
import org.jboss.resteasy.reactive.server.spi.ServerMessageBodyWriter;
import org.jboss.resteasy.reactive.server.spi.ServerRequestContext;

/**
 * Sends bodies of one type within the memory budget. The byte writer of Quarkus is not used, because it copies a whole
 * body out of the heap at once.
 */
abstract class BodyWriter<T> implements ServerMessageBodyWriter<T> {

    private final Class<T> bodyType;

    BodyWriter(Class<T> bodyType) {
        this.bodyType = bodyType;
    }

    @Override
    public boolean isWriteable(Class<?> type, Type genericType, ResteasyReactiveResourceInfo target, MediaType media) {
        return type == bodyType;
    }

    @Override
    public boolean isWriteable(Class<?> type, Type genericType, Annotation[] annotations, MediaType media) {
        return type == bodyType;
    }

    static RoutingContext routing(ServerRequestContext context) {
        return ((ResteasyReactiveRequestContext) context).serverRequest().unwrap(RoutingContext.class);
    }

    @Override
    public void writeTo(
            T body,
            Class<?> type,
            Type genericType,
            Annotation[] annotations,
            MediaType media,
            MultivaluedMap<String, Object> headers,
            OutputStream out)
            throws IOException {
        throw new IOException("This writer supports only responses of the server");
    }
}
