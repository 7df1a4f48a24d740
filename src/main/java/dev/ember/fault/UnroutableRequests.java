package dev.ember.fault;

import dev.ember.requestid.RequestIdFilter;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;

/** Answers requests that fail before their path is looked at, such as those with a Host header that is none. */
final class UnroutableRequests {

    private final FaultAnswer faults;

    UnroutableRequests(FaultAnswer faults) {
        this.faults = faults;
    }

    void register(@Observes Router router) {
        router.route().order(Integer.MIN_VALUE).failureHandler(this::answer);
    }

    private void answer(RoutingContext context) {
        if (context.statusCode() != FaultStatus.BAD_REQUEST.code()) {
            context.next();
            return;
        }
        RequestIdFilter.identify(context);
        faults.end(context, new MalformedRequest("The request line or the Host header is malformed"));
    }
}
