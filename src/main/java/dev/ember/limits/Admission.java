package dev.ember.limits;

import dev.ember.fault.FaultAnswer;
import dev.ember.fault.Unavailable;
import dev.ember.lifecycle.StartRefused;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.core.CurrentRequestManager;

/**
 * Works on so many requests of the API at once, and asks the others to come again, at once: what waits in the service
 * takes memory and is answered when nobody listens any more. Health and metrics have threads to spare.
 *
 * <p>A request has its place from the end of its body to the beginning of its answer, also when the client has left by
 * then. The rest of a list is read by threads of its own, however long the client takes over it, and has none.
 */
@ApplicationScoped
public class Admission {

    private static final int AFTER_THE_BODY = 6_000;
    private static final int BEFORE_ALL_OTHERS = -1;
    private static final String OPERATIONS = "/q/";
    private static final String HEALTHCHECK = "/healthcheck";
    private static final String PLACE = Place.class.getName();

    /** One tenant leaves one in so many places to the others. */
    private static final int SHARE_OF_OTHERS = 8;

    /** Threads that the requests of the API leave to health and metrics. */
    private static final int SPARE_THREADS = 32;

    private final int most;
    private final int mostOfTenant;
    private final int threads;
    private final CurrentVertxRequest request;
    private final FaultAnswer faults;
    private final MemoryBudget budget;
    private final Counter refused;
    private final AtomicInteger taken = new AtomicInteger();
    private final ConcurrentMap<String, Integer> takenByTenant = new ConcurrentHashMap<>();

    Admission(
            LimitsSettings settings,
            @ConfigProperty(name = "quarkus.thread-pool.max-threads") int threads,
            CurrentVertxRequest request,
            FaultAnswer faults,
            MemoryBudget budget,
            MeterRegistry meters) {
        this.most = settings.maxRequests();
        this.mostOfTenant = most - most / SHARE_OF_OTHERS;
        this.threads = threads;
        this.request = request;
        this.faults = faults;
        this.budget = budget;
        Gauge.builder("ember.requests.in.progress", taken, AtomicInteger::get)
                .description("Requests of the API that are worked on")
                .register(meters);
        refused = Counter.builder("ember.requests.refused")
                .description("Requests of the API that were asked to come again because there were too many")
                .register(meters);
    }

    /** Refuses a start with a setting that is none, before the database is touched. */
    void check(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent start) {
        int limit = threads - SPARE_THREADS;
        if (most < 1 || most > limit) {
            throw StartRefused.setting("EMBER_MAX_REQUESTS", most, "a number between 1 and " + limit);
        }
    }

    void register(@Observes Filters filters) {
        filters.register(this::filter, AFTER_THE_BODY);
    }

    private void filter(RoutingContext context) {
        String path = context.request().path();
        if (path.startsWith(OPERATIONS) || path.equals(HEALTHCHECK)) {
            context.next();
            return;
        }
        String tenant = tenant(path);
        Place place = new Place(taken, takenByTenant, tenant);
        int ofTenant = takenByTenant.merge(tenant, 1, Integer::sum);
        if (taken.incrementAndGet() > most || ofTenant > mostOfTenant) {
            place.free();
            refused.increment();
            faults.end(context, Unavailable.requests());
            return;
        }
        context.put(PLACE, place);
        context.addHeadersEndHandler(begun -> place.free());
        context.next();
    }

    /** The tenant in a path such as {@code /v1/tenant/software_deployments}. */
    private static String tenant(String path) {
        int begin = path.indexOf('/', 1) + 1;
        int end = path.indexOf('/', begin);
        return begin == 0 ? "" : path.substring(begin, end < 0 ? path.length() : end);
    }

    /** Whatever becomes of the answer. */
    @ServerRequestFilter(preMatching = true, priority = BEFORE_ALL_OTHERS)
    void freeInAnyCase(RoutingContext context) {
        if (context.get(PLACE) instanceof Place place) {
            RequestMemory memory = RequestMemory.of(context, budget);
            memory.use();
            CurrentRequestManager.get().registerCompletionCallback(end -> {
                place.free();
                memory.done();
            });
        }
    }
}
