package dev.ember.pipeline;

import dev.ember.fault.Unavailable;
import dev.ember.limits.LimitsSettings;
import dev.ember.settings.InvalidConfiguration;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
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

/**
 * Limits the number of in-flight API requests, and rejects requests over the limit at once. A queued request would use
 * memory, and its client may have disconnected by the time of the response. Health and metrics need no permit.
 *
 * <p>A request holds its permit from the end of its body to the beginning of its response, even if the client
 * disconnects. Separate threads read the rest of a list, without a permit.
 */
@ApplicationScoped
public class ConcurrencyLimit {

    private static final String OPERATIONS = "/q/";
    private static final String HEALTHCHECK = "/healthcheck";

    /** The fraction of permits that one tenant cannot use is 1 / SHARE_OF_OTHERS. */
    private static final int SHARE_OF_OTHERS = 8;

    /** Threads that API requests leave to health and metrics. */
    private static final int SPARE_THREADS = 32;

    private final int limit;
    private final int limitOfTenant;
    private final int threads;
    private final FaultWriter faults;
    private final Counter rejected;
    private final AtomicInteger inFlight = new AtomicInteger();
    private final ConcurrentMap<String, Integer> inFlightByTenant = new ConcurrentHashMap<>();

    ConcurrencyLimit(
            LimitsSettings settings,
            @ConfigProperty(name = "quarkus.thread-pool.max-threads") int threads,
            FaultWriter faults,
            MeterRegistry meters) {
        this.limit = settings.maxRequests();
        this.limitOfTenant = limit - limit / SHARE_OF_OTHERS;
        this.threads = threads;
        this.faults = faults;
        Gauge.builder("ember.requests.in.progress", inFlight, AtomicInteger::get)
                .description("In-flight API requests")
                .register(meters);
        rejected = Counter.builder("ember.requests.refused")
                .description("API requests that were rejected because the concurrency limit was reached")
                .register(meters);
    }

    /** Validates the setting at startup, before the database is used. */
    void check(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent start) {
        int most = threads - SPARE_THREADS;
        if (limit < 1 || limit > most) {
            throw InvalidConfiguration.setting("EMBER_MAX_REQUESTS", limit, "a number between 1 and " + most);
        }
    }

    void register(@Observes Filters filters) {
        Station.CONCURRENCY_LIMIT.register(filters, this::filter);
    }

    private void filter(RoutingContext context) {
        String path = context.request().path();
        if (path.startsWith(OPERATIONS) || path.equals(HEALTHCHECK)) {
            context.next();
            return;
        }
        String tenant = tenant(path);
        Permit permit = new Permit(inFlight, inFlightByTenant, tenant);
        int ofTenant = inFlightByTenant.merge(tenant, 1, Integer::sum);
        if (inFlight.incrementAndGet() > limit || ofTenant > limitOfTenant) {
            permit.release();
            rejected.increment();
            faults.write(context, Unavailable.requests());
            return;
        }
        context.put(Permit.KEY, permit);
        context.addHeadersEndHandler(begun -> permit.release());
        context.next();
    }

    /** The tenant in a path such as {@code /v1/tenant/software_deployments}. */
    private static String tenant(String path) {
        int begin = path.indexOf('/', 1) + 1;
        int end = path.indexOf('/', begin);
        return begin == 0 ? "" : path.substring(begin, end < 0 ? path.length() : end);
    }
}
