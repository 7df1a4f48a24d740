package dev.ember.deployment;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ember.HttpTest;
import dev.ember.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bodies from a seeded generator. A failing case names its seed; {@code -Dseed=N} repeats it. */
@QuarkusTest
class SoftwareDeploymentPropertyTest extends HttpTest {

    private static final int CASES = 150;
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    static LongStream seeds() {
        String given = System.getProperty("seed");
        return given == null ? new Random().longs(CASES) : LongStream.of(Long.parseLong(given));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void returnsValidBodiesUnchanged(long seed) throws JsonProcessingException {
        ObjectNode body = new Bodies(seed).valid();

        Response created = create(body.toString());

        assertEquals(200, created.statusCode(), created.asString());
        JsonNode deployment = MAPPER.readTree(created.asString()).get("software_deployment");
        for (String field : new String[] {"config_id", "server_id", "action", "status_reason", "input_values"}) {
            assertSame(body.path(field), deployment.get(field));
        }
        assertEquals(
                body.path("status").asText("IN_PROGRESS").replace("null", "IN_PROGRESS"),
                deployment.get("status").textValue());
        JsonNode shown = MAPPER.readTree(
                given().get(deployments + "/" + deployment.get("id").textValue())
                        .asString());
        assertSame(deployment, shown.get("software_deployment"));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void rejectsInvalidBodiesAndStoresNothing(long seed) {
        Bodies bodies = new Bodies(seed);
        ObjectNode body = bodies.valid();
        String field = bodies.makeInvalid(body);

        Response response = create(body.toString());

        assertEquals(400, response.statusCode(), response.asString());
        assertTrue(response.path("error.message").toString().contains(field), response.asString());
        assertEquals(0, TestDatabase.deploymentsOf(tenant));
    }

    /** Two numbers are the same if they are equal, regardless of trailing zeros. */
    private static void assertSame(JsonNode expected, JsonNode actual) {
        boolean same = expected.isMissingNode()
                ? actual.isNull()
                : expected.equals(SoftwareDeploymentPropertyTest::compare, actual);
        assertTrue(same, () -> expected + " is not " + actual);
    }

    private static int compare(JsonNode a, JsonNode b) {
        boolean same = a.isNumber() && b.isNumber() ? a.decimalValue().compareTo(b.decimalValue()) == 0 : a.equals(b);
        return same ? 0 : 1;
    }
}
