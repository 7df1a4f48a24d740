package dev.ember.pipeline;

import static io.restassured.RestAssured.given;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;

import dev.ember.HttpTest;

/** Tests limits on concurrent load. */
abstract class LimitsTest extends HttpTest {

    static final String BODY = """
            {"config_id": "c", "server_id": "s", "action": "a"}""";

    /** Waits until a metric of the service has a value. */
    static void awaitMetric(String name, int value) {
        String line = name + " " + (double) value;
        String metrics = "";
        for (int i = 0; i < 5_000 && metrics.lines().noneMatch(line::equals); i++) {
            metrics = given().get("/q/metrics").asString();
        }
        assertThat(metrics, containsString("\n" + line + "\n"));
    }
}
