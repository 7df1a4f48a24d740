package dev.ember.limits;

import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.function.Consumer;

/** Sends response bodies within the memory budget. */
@ApplicationScoped
class ResponseSender {

    private final MemoryBudget budget;
    private final Duration timeout;

    ResponseSender(MemoryBudget budget, LimitsSettings settings) {
        this.budget = budget;
        this.timeout = settings.responseTimeout();
    }

    /** Sends a body whose memory the request holds, unless it is small. */
    void send(RoutingContext context, byte[] body) {
        send(context, outgoing -> outgoing.send(body));
    }

    /** Sends a body while it is made. */
    void send(RoutingContext context, StreamedBody body) {
        send(context, outgoing -> outgoing.send(body));
    }

    /** An error here would meet a writer that is for another type of body than an error response has. */
    private void send(RoutingContext context, Consumer<OutgoingBody> sending) {
        OutgoingBody outgoing = new OutgoingBody(context, RequestMemory.of(context, budget), timeout);
        try {
            sending.accept(outgoing);
        } catch (RuntimeException | OutOfMemoryError e) {
            outgoing.fail(e);
        }
    }
}
