package dev.ember.watch;

import dev.ember.fault.Unavailable;
import dev.ember.identity.Authentication;
import dev.ember.limits.Permit;
import dev.ember.limits.RequestMemory;
import dev.ember.limits.StreamedBody;
import dev.ember.tenant.JsonLookup;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/** Responds with event streams. The bean is created at startup, so that its metric exists before the first request. */
@Startup
@ApplicationScoped
public class EventStreams {

    private final Watchers watchers;
    private final Reads reads;
    private final Authentication authentication;
    private final AtomicInteger open = new AtomicInteger();

    EventStreams(Watchers watchers, Reads reads, Authentication authentication, MeterRegistry meters) {
        this.watchers = watchers;
        this.reads = reads;
        this.authentication = authentication;
        Gauge.builder("ember.watch.streams", open, AtomicInteger::get)
                .description("Event streams, which are a part of the waiting clients")
                .register(meters);
    }

    /**
     * Responds with the current state of the deployments of a source, and then with their changes.
     *
     * @param project the caller's project
     * @param lookup reads the deployments as the API shows them
     * @throws Unavailable if too many clients wait
     */
    public RestResponse<?> respond(
            RoutingContext context, String project, StreamSource source, JsonLookup lookup, RequestMemory memory) {
        ResponseBuilder<Object> response = ResponseBuilder.ok()
                .header("Content-Type", ServerSentEvent.MEDIA_TYPE)
                .header("Cache-Control", "no-store")
                // nginx buffers the response without this header.
                .header("X-Accel-Buffering", "no");
        if (context.request().method() == HttpMethod.HEAD) {
            return response.build();
        }
        EventStream stream = new EventStream(
                reads,
                new DeploymentStates(reads, lookup, project, memory),
                source,
                memory,
                () -> authentication.isStillValid(context));
        watchers.add(project, source.topic(), stream);
        Permit.of(context).ifPresent(Permit::release);
        open.incrementAndGet();
        context.addEndHandler(ended -> {
            open.decrementAndGet();
            watchers.remove(project, source.topic(), stream);
            stream.end();
        });
        return response.entity(new StreamedBody(ServerSentEvent.COMMENT, stream::next))
                .build();
    }
}
