package dev.ember.pipeline.response;

import dev.ember.limits.StreamedBody;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import java.lang.reflect.Type;
import org.jboss.resteasy.reactive.server.spi.ServerRequestContext;

/** Sends bodies that are generated while they are sent. */
@Provider
@Produces(MediaType.WILDCARD)
public class StreamedBodyWriter extends BodyWriter<StreamedBody> {

    private final ResponseSender sender;

    StreamedBodyWriter(ResponseSender sender) {
        super(StreamedBody.class);
        this.sender = sender;
    }

    @Override
    public void writeResponse(StreamedBody body, Type genericType, ServerRequestContext context) {
        sender.send(routing(context), body);
    }
}
