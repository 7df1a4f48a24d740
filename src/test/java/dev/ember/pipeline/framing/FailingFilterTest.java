package dev.ember.pipeline.framing;

import static io.restassured.RestAssured.given;

import dev.ember.HttpTest;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Failures outside of an operation, for which Quarkus would write its own body. */
@QuarkusTest
class FailingFilterTest extends HttpTest {

    private static final String HEADER = "X-Test-Failure";

    @Singleton
    static class FailingFilter {

        void register(@Observes Filters filters) {
            filters.register(FailingFilter::filter, 1);
        }

        private static void filter(RoutingContext context) {
            switch (String.valueOf(context.request().getHeader(HEADER))) {
                case "exception" -> throw new IllegalArgumentException("secret");
                case "error" -> throw new StackOverflowError("secret");
                case "failure" -> context.fail(new IllegalStateException("secret"));
                case "status" -> context.fail(500);
                case "threads" -> context.fail(new RejectedExecutionException("secret"));
                default -> context.next();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"exception", "error", "failure", "status"})
    void respondsWithAFault(String failure) {
        assertFault(
                given().header(HEADER, failure).get(deployments),
                500,
                "Internal Server Error",
                "The server has either erred or is incapable of performing the requested operation.",
                "HTTPInternalServerError",
                "The service failed unexpectedly; its log contains the request id");
    }

    @Test
    void respondsUnavailableWhenNoThreadIsFree() {
        assertFault(
                        given().header(HEADER, "threads").get(deployments),
                        503,
                        "Service Unavailable",
                        "The service cannot process the request at the moment.",
                        "HTTPServiceUnavailable",
                        "The limit of concurrent requests is reached; try again later")
                .header("Retry-After", "2");
    }
}
