package dev.ember.limits;

import dev.ember.fault.FaultAnswer;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.function.Consumer;

/** Sends response bodies within the memory budget. */
@ApplicationScoped
class ResponseSender {

    private final MemoryBudget budget;
    private final FaultAnswer faults;
    private final Duration timeout;

    ResponseSender(MemoryBudget budget, FaultAnswer faults, LimitsSettings settings) {
        this.budget = budget;
        this.faults = faults;
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

    /**
     * A failure ends here: the writer of this body cannot write that of a fault, which is what Quarkus would have it
     * do.
     */
    private void send(RoutingContext context, Consumer<OutgoingBody> sending) {
        OutgoingBody outgoing = new OutgoingBody(context, RequestMemory.of(context, budget), timeout);
        try {
            sending.accept(outgoing);
        } catch (RuntimeException | OutOfMemoryError e) {
            outgoing.fail(e);
            faults.end(context, e);
        }
    }
}
