package dev.ember.pipeline;

import dev.ember.agent.AgentPath;
import dev.ember.fault.Unavailable;
import dev.ember.limits.LimitsSettings;
import dev.ember.limits.Permit;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Limits the number of in-flight API requests, and rejects requests over the limit at once. A queued request would use
 * memory, and its client may have disconnected by the time of the response. Health and metrics need no permit.
 *
 * <p>Some permits are reserved for signals, because an agent reports the result of a run only once.
 *
 * <p>A request holds its permit from the end of its body to the beginning of its response, even if the client
 * disconnects. Separate threads read the rest of a list, without a permit. A request that waits for a change has none.
 */
@ApplicationScoped
public class ConcurrencyLimit {

    private static final String OPERATIONS = "/q/";
    private static final String HEALTHCHECK = "/healthcheck";

    /** The fraction of permits that one tenant cannot use is 1 / SHARE_OF_OTHERS. */
    private static final int SHARE_OF_OTHERS = 8;

    /** The fraction of permits that are reserved for signals is 1 / SHARE_OF_SIGNALS. */
    private static final int SHARE_OF_SIGNALS = 16;

    private final int limit;
    private final int limitOfOthers;
    private final int limitOfTenant;
    private final FaultWriter faults;
    private final Counter rejected;
    private final AtomicInteger inFlight = new AtomicInteger();
    private final ConcurrentMap<String, Integer> inFlightByTenant = new ConcurrentHashMap<>();

    ConcurrencyLimit(LimitsSettings settings, FaultWriter faults, MeterRegistry meters) {
        this.limit = settings.maxRequests();
        this.limitOfOthers = limit - limit / SHARE_OF_SIGNALS;
        this.limitOfTenant = limitOfOthers - limitOfOthers / SHARE_OF_OTHERS;
        this.faults = faults;
        Gauge.builder("ember.requests.in.progress", inFlight, AtomicInteger::get)
                .description("In-flight API requests")
                .register(meters);
        rejected = Counter.builder("ember.requests.refused")
                .description("API requests that were rejected because the concurrency limit was reached")
                .register(meters);
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
        boolean isSignal = AgentPath.isSignal(path);
        Permit permit = new Permit(inFlight, inFlightByTenant, tenant);
        int ofTenant = inFlightByTenant.merge(tenant, 1, Integer::sum);
        int ofAll = inFlight.incrementAndGet();
        if (isSignal ? ofAll > limit : ofAll > limitOfOthers || ofTenant > limitOfTenant) {
            permit.release();
            rejected.increment();
            faults.write(context, Unavailable.requests());
            return;
        }
        permit.attach(context);
        context.addHeadersEndHandler(begun -> permit.release());
        context.next();
    }

    /** The tenant in a path such as {@code /v1/tenant/software_deployments} or {@code /agent/v1/tenant/servers}. */
    private static String tenant(String path) {
        int version = path.startsWith(AgentPath.PREFIX) ? AgentPath.PREFIX.length() : 1;
        int begin = path.indexOf('/', version) + 1;
        int end = path.indexOf('/', begin);
        return begin == 0 ? "" : path.substring(begin, end < 0 ? path.length() : end);
    }
}
