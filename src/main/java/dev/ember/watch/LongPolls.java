package dev.ember.watch;

import dev.ember.etag.IfNoneMatch;
import dev.ember.limits.Permit;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jboss.resteasy.reactive.RestResponse;

/**
 * Responds to conditional requests with {@code Prefer: wait=N}: at once when the client does not have the current
 * state, else when the state changes, and with 304 after N seconds.
 */
@ApplicationScoped
public class LongPolls {

    private static final String APPLIED = "Preference-Applied";
    private static final int NOT_MODIFIED = 304;

    private final Watchers watchers;
    private final Reads reads;

    LongPolls(Watchers watchers, Reads reads) {
        this.watchers = watchers;
        this.reads = reads;
    }

    /**
     * Responds to a request, possibly later. Without {@code If-None-Match}, the preference is ignored.
     *
     * @param tenant the tenant or project that shares the limit of waiting requests
     * @param topic the changes after which the resource is read again
     * @param client the states that the client has
     * @param read reads the resource and returns the response, which is 304 for a state that the client has. It is
     *     called several times, on any thread
     */
    public CompletionStage<RestResponse<byte[]>> respond(
            RoutingContext context,
            String tenant,
            Topic topic,
            IfNoneMatch client,
            Supplier<CompletionStage<RestResponse<byte[]>>> read) {
        OptionalInt seconds = client.isPresent()
                ? Prefer.waitSeconds(context.request().headers().getAll(Prefer.HEADER))
                : OptionalInt.empty();
        if (seconds.isEmpty()) {
            return read.get();
        }
        CompletableFuture<Void> end = new CompletableFuture<>();
        context.addEndHandler(ended -> end.complete(null));
        return read.get()
                .thenCompose(response -> response.getStatus() == NOT_MODIFIED
                        ? await(
                                context,
                                tenant,
                                topic,
                                end,
                                new Watcher(reads, read, response, Duration.ofSeconds(seconds.getAsInt())))
                        : CompletableFuture.completedStage(response))
                .thenApply(response -> {
                    response.getHeaders().putSingle(APPLIED, "wait=" + seconds.getAsInt());
                    return response;
                });
    }

    /** @param end completes when the client has disconnected */
    private CompletionStage<RestResponse<byte[]>> await(
            RoutingContext context, String tenant, Topic topic, CompletionStage<Void> end, Watcher watcher) {
        watchers.add(tenant, topic, watcher);
        Permit.of(context).ifPresent(Permit::release);
        end.thenRun(watcher::abandon);
        return watcher.response().whenComplete((response, failure) -> watchers.remove(tenant, topic, watcher));
    }
}
