package dev.ember.pipeline;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;

/**
 * Serves the metrics as plain text, regardless of the Accept header. Quarkus would respond to other formats with 406,
 * without the body of a fault, and quote the header in the status line. The operations of the API ignore that header,
 * too.
 */
final class MetricsFormat {

    private static final String PATH = "/q/metrics";
    private static final int BEFORE_QUARKUS = -1;

    void register(@Observes Router router) {
        router.route(PATH).order(BEFORE_QUARKUS).handler(MetricsFormat::acceptPlainText);
    }

    private static void acceptPlainText(RoutingContext context) {
        MultiMap headers = context.request().headers();
        if (headers.contains(HttpHeaders.ACCEPT)) {
            headers.set(HttpHeaders.ACCEPT, "text/plain");
        }
        context.next();
    }
}
