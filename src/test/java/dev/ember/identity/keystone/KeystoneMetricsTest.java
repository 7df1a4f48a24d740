package dev.ember.identity.keystone;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ember.identity.keystone.TestToken.Script;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class KeystoneMetricsTest extends KeystoneTest {

    private static final String HITS = "ember_token_cache_hits_total";
    private static final String MISSES = "ember_token_cache_misses_total";
    private static final String SIZE = "ember_token_cache_size";

    /** Makes the service obtain a service token, so that each validation is one request. */
    @BeforeEach
    void authenticate() {
        ask(Script.VALID);
    }

    @ParameterizedTest
    @CsvSource({
        "VALID, ok",
        "UNKNOWN, rejected",
        "FORBIDDEN, rejected",
        "FAILURE, failed",
        "OTHER_404, failed",
        "HANG_UP, failed"
    })
    void countsEachRequestToKeystoneOnceByItsOutcome(Script script, String outcome) {
        double all = requests("ok") + requests("rejected") + requests("failed");
        double ofOutcome = requests(outcome);
        ask(script);

        assertEquals(ofOutcome + 1, requests(outcome));
        assertEquals(all + 1, requests("ok") + requests("rejected") + requests("failed"));
    }

    @Test
    void countsAMissAndThenHits() {
        double hits = value(HITS);
        double misses = value(MISSES);
        double size = value(SIZE);
        ask(member);
        ask(member);
        ask(member);

        assertEquals(hits + 2, value(HITS));
        assertEquals(misses + 1, value(MISSES));
        assertEquals(size + 1, value(SIZE));
    }

    @Test
    void countsACachedRejectionAsAHit() {
        TestToken unknown = TestToken.of(Script.UNKNOWN, tenant, "member");
        ask(unknown);
        double hits = value(HITS);
        double misses = value(MISSES);
        ask(unknown);

        assertEquals(hits + 1, value(HITS));
        assertEquals(misses, value(MISSES));
    }

    @Test
    void countsATokenOnceWithAServiceTokenThatIsNotCached() {
        ask(member);
        double hits = value(HITS);
        double misses = value(MISSES);
        with(member)
                .header("X-Service-Token", TestToken.valid("service", "service").text())
                .get(deployments);

        assertEquals(hits + 1, value(HITS));
        assertEquals(misses + 1, value(MISSES));
    }

    private static double requests(String outcome) {
        return value("ember_keystone_requests_seconds_count{outcome=\"" + outcome + "\"");
    }

    private static double value(String metric) {
        return given().get("/q/metrics")
                .asString()
                .lines()
                .filter(line -> line.startsWith(metric))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .findFirst()
                .orElseThrow();
    }
}
