package dev.ember.pipeline.response;

import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import java.lang.reflect.Type;
import org.jboss.resteasy.reactive.server.spi.ServerRequestContext;

/** Sends bodies that operations return as a whole. */
@Provider
@Produces(MediaType.WILDCARD)
public class BytesWriter extends BodyWriter<byte[]> {

    private final ResponseSender sender;

    BytesWriter(ResponseSender sender) {
        super(byte[].class);
        this.sender = sender;
    }

    @Override
    public void writeResponse(byte[] body, Type genericType, ServerRequestContext context) {
        sender.send(routing(context), body);
    }
}
