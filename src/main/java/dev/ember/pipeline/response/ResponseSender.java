package dev.ember.pipeline.response;

import dev.ember.limits.LimitsSettings;
import dev.ember.limits.RequestMemories;
import dev.ember.limits.StreamedBody;
import dev.ember.pipeline.FaultWriter;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.function.Consumer;

/** Sends response bodies within the memory budget. */
@ApplicationScoped
class ResponseSender {

    private final RequestMemories memories;
    private final FaultWriter faults;
    private final Duration timeout;

    ResponseSender(RequestMemories memories, FaultWriter faults, LimitsSettings settings) {
        this.memories = memories;
        this.faults = faults;
        this.timeout = settings.responseTimeout();
    }

    /** Sends a body. The request already holds memory for it, unless the body is small. */
    void send(RoutingContext context, byte[] body) {
        send(context, outgoing -> outgoing.send(body));
    }

    /** Sends a body while it is generated. */
    void send(RoutingContext context, StreamedBody body) {
        send(context, outgoing -> outgoing.send(body));
    }

    /**
     * Handles failures itself. Quarkus would use the writer of this body for the body of the fault, which it cannot
     * write.
     */
    private void send(RoutingContext context, Consumer<OutgoingBody> sending) {
        OutgoingBody outgoing = new OutgoingBody(context, memories.of(context), timeout);
        try {
            sending.accept(outgoing);
        } catch (RuntimeException | OutOfMemoryError e) {
            outgoing.fail(e);
            faults.write(context, e);
        }
    }
}
