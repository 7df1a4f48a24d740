package dev.ember.config;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ember.HttpTest;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bodies from a seeded generator. A failing case names its seed; {@code -Dseed=N} repeats it. */
@QuarkusTest
class SoftwareConfigPropertyTest extends HttpTest {

    private static final int CASES = 100;
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    static LongStream seeds() {
        String given = System.getProperty("seed");
        return given == null ? new Random().longs(CASES) : LongStream.of(Long.parseLong(given));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void returnsNormalizedBodiesUnchanged(long seed) throws JsonProcessingException {
        ObjectNode body = new ConfigBodies(seed).normalized();

        Response created = json(body.toString()).post(configs);

        assertEquals(200, created.statusCode(), created.asString());
        JsonNode config = MAPPER.readTree(created.asString()).get("software_config");
        for (String field : new String[] {"name", "group", "config", "inputs", "outputs", "options"}) {
            assertSame(body.get(field), config.get(field));
        }
        String id = config.get("id").textValue();
        assertEquals(created.asString(), given().get(configs + "/" + id).asString());
        createId("{\"config_id\": \"%s\", \"server_id\": \"s\", \"action\": \"a\"}".formatted(id));
        assertSame(
                config,
                MAPPER.readTree(given().get(deployments + "/metadata/s").asString())
                        .get("metadata")
                        .get(0));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void normalizesANormalizedBodyToItself(long seed) throws JsonProcessingException {
        String first =
                json(new ConfigBodies(seed).any().toString()).post(configs).asString();
        JsonNode config = MAPPER.readTree(first).get("software_config");
        JsonNode again = MAPPER.readTree(json(config.toString()).post(configs).asString())
                .get("software_config");
        for (String field : new String[] {"name", "group", "config", "inputs", "outputs", "options"}) {
            assertSame(config.get(field), again.get(field));
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void rejectsInvalidBodiesAndStoresNothing(long seed) {
        ConfigBodies bodies = new ConfigBodies(seed);
        ObjectNode body = bodies.normalized();
        String field = bodies.makeInvalid(body);

        Response response = json(body.toString()).post(configs);

        assertEquals(400, response.statusCode(), response.asString());
        assertTrue(response.path("error.message").toString().contains(field), response.asString());
        given().get(configs).then().body("software_configs", hasSize(0));
    }

    /** Two numbers are the same if they are equal, regardless of trailing zeros. */
    private static void assertSame(JsonNode expected, JsonNode actual) {
        assertTrue(expected.equals(SoftwareConfigPropertyTest::compare, actual), () -> expected + " is not " + actual);
    }

    private static int compare(JsonNode a, JsonNode b) {
        boolean same = a.isNumber() && b.isNumber() ? a.decimalValue().compareTo(b.decimalValue()) == 0 : a.equals(b);
        return same ? 0 : 1;
    }
}
