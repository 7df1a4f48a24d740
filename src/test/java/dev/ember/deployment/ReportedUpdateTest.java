package dev.ember.deployment;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ember.HttpTest;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The service stores every report of an agent, regardless of the characters in it. */
@QuarkusTest
class ReportedUpdateTest extends HttpTest {

    private static final int MAX_REASON_LENGTH = 65_535;
    private static final long SEED = Long.getLong("seed", System.nanoTime());

    private String deployment;

    @BeforeEach
    void createDeployment() {
        deployment = deployments + "/"
                + createId("""
                {"config_id": "c", "server_id": "s", "action": "a"}""");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "output_values | {'deploy_stdout':'a\\u0000b'}         | {'deploy_stdout':'a\uFFFDb'}",
                "output_values | {'a\\u0000':1,'b':{'\\u0000':[2,'\\u0000']}} | {'a\uFFFD':1,'b':{'\uFFFD':[2,'\uFFFD']}}",
                "output_values | {'a':['x\\ud83c'],'\\ud83c\\udf89':1.50} | {'a':['x\uFFFD'],'\ud83c\udf89':1.50}",
                "output_values | {'a':'\\udf89\\ud83c\\ud83c\\udf89'}  | {'a':'\uFFFD\uFFFD\ud83c\udf89'}",
                "output_values | {'a\\u0000':1,'a\uFFFD':2}           | {'a\uFFFD':2}",
                "input_values  | {'a\\u0000':'\\u0000'}                | {'a\uFFFD':'\uFFFD'}",
                "status_reason | 'a\\u0000b\\ud83c'                    | 'a\uFFFDb\uFFFD'",
            })
    void replacesCharactersThatCannotBeStored(String field, String sent, String stored) {
        String body = "{'status': 'COMPLETE', '%s': %s}".formatted(field, sent).replace('\'', '"');
        Response updated = json(body).put(deployment);
        assertEquals(200, updated.statusCode(), updated.asString());
        String shown = given().get(deployment).asString();
        assertEquals(updated.asString(), shown);
        String expected = "\"%s\":%s,".formatted(field, stored.replace('\'', '"'));
        assertEquals(
                expected,
                shown.substring(shown.indexOf("\"" + field), shown.indexOf("\"" + field) + expected.length()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "é", "🎉"})
    void truncatesAReasonThatIsTooLong(String character) {
        String longest = character.repeat(MAX_REASON_LENGTH);
        for (String reason : new String[] {longest, longest + "y", longest + "🎉".repeat(1_000)}) {
            Response updated = json("{\"status\": \"FAILED\", \"status_reason\": \"" + reason + "\"}")
                    .put(deployment);
            assertEquals(200, updated.statusCode(), updated.asString());
            assertEquals(longest, updated.path("software_deployment.status_reason"));
            assertEquals(longest, given().get(deployment).path("software_deployment.status_reason"));
        }
    }

    @Test
    void storesEveryReport() {
        Random random = new Random(SEED);
        for (int i = 0; i < 100; i++) {
            String text = text(random);
            String body =
                    "{\"status_reason\": \"%1$s\", \"output_values\": {\"o\": \"%1$s\"}}".formatted(escaped(text));
            Response updated = json(body).put(deployment);
            assertEquals(200, updated.statusCode(), () -> "seed " + SEED + ": " + body + updated.asString());
            String reason = updated.path("software_deployment.status_reason");
            String expected = new String(text.getBytes(StandardCharsets.UTF_16), StandardCharsets.UTF_16)
                    .replace('\u0000', '\uFFFD');
            assertEquals(expected, updated.path("software_deployment.output_values.o"));
            assertEquals(expected, reason, () -> "seed " + SEED + ": " + body);
        }
    }

    private static String text(Random random) {
        char[] kinds = {
            0, 'a', '"', '\\', '\n', '\u007f', 'é', '\uFFFD', '\uFFFF', '\ud83c', '\udf89', '\ud800', '\udfff'
        };
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(12); i >= 0; i--) {
            text.append(kinds[random.nextInt(kinds.length)]);
        }
        return text.toString();
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        text.chars().forEach(unit -> escaped.append("\\u%04x".formatted(unit)));
        return escaped.toString();
    }
}
