package dev.ember.pipeline;

import dev.ember.agent.AgentPath;
import dev.ember.agent.SignedUrls;
import dev.ember.fault.NotFound;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;

/**
 * Verifies the signature in the URL of an agent's request, before the body is read and before the database is used. A
 * request without a valid signature gets 404, regardless of the reason.
 */
@ApplicationScoped
public class SignatureFilter {

    private final SignedUrls urls;
    private final FaultWriter faults;
    private final Counter rejected;

    SignatureFilter(SignedUrls urls, FaultWriter faults, MeterRegistry meters) {
        this.urls = urls;
        this.faults = faults;
        this.rejected = Counter.builder("ember.agent.signatures.rejected")
                .description("Requests of agents that were rejected because their URL has no valid signature")
                .register(meters);
    }

    void register(@Observes Filters filters) {
        Station.SIGNATURE.register(filters, this::filter);
    }

    private void filter(RoutingContext context) {
        if (!context.request().path().startsWith(AgentPath.PREFIX)) {
            context.next();
            return;
        }
        Optional<AgentPath> verified = urls.verify(context.request());
        if (verified.isEmpty()) {
            rejected.increment();
            faults.write(context, NotFound.agent());
            return;
        }
        verified.get().attach(context);
        context.next();
    }
}
