package dev.ember.pipeline;

import dev.ember.limits.Permit;
import dev.ember.limits.RequestMemories;
import dev.ember.limits.RequestMemory;
import io.vertx.ext.web.RoutingContext;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.core.CurrentRequestManager;

/** Releases the permit and the memory of a request when its operation ends, regardless of the response. */
final class PermitFilter {

    private final RequestMemories memories;

    PermitFilter(RequestMemories memories) {
        this.memories = memories;
    }

    @ServerRequestFilter(preMatching = true, priority = Station.Priority.PERMIT)
    void filter(RoutingContext context) {
        Permit.of(context).ifPresent(permit -> {
            RequestMemory memory = memories.of(context);
            memory.use();
            CurrentRequestManager.get().registerCompletionCallback(end -> {
                permit.release();
                memory.done();
            });
        });
    }
}
