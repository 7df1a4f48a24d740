package dev.ember.openapi;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ember.HttpTest;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What is published says what the service does; {@code -Dopenapi.write} publishes it anew. */
@QuarkusTest
class OpenApiDocumentTest extends HttpTest {

    private static final Pattern CAMEL_CASE = Pattern.compile("[a-z]+([A-Z][a-z]+)*");

    private static JsonNode served() throws IOException {
        return new JsonMapper().readTree(given().get("/q/openapi?format=json").asString());
    }

    @Test
    void isPublishedAsItIsServed() throws IOException {
        Map<String, String> files = PublishedFiles.of(served());
        if (System.getProperty("openapi.write") != null) {
            PublishedFiles.write(files);
        }
        for (Map.Entry<String, String> file : files.entrySet()) {
            assertEquals(
                    PublishedFiles.data(file.getValue()),
                    PublishedFiles.data(Files.readString(PublishedFiles.DIRECTORY.resolve(file.getKey()))),
                    file.getKey() + " differs; run ./mvnw test -Dtest=OpenApiDocumentTest -Dopenapi.write");
        }
    }

    @Test
    void saysEverythingOfEveryOperation() throws IOException {
        JsonNode document = served();
        Set<String> ids = new TreeSet<>();
        for (JsonNode path : document.get("paths")) {
            for (JsonNode operation : path) {
                String id = operation.get("operationId").textValue();
                assertTrue(CAMEL_CASE.matcher(id).matches(), id);
                assertTrue(ids.add(id), id);
                assertTrue(operation.has("summary") && operation.has("description"), id);
                assertEquals(1, operation.get("tags").size(), id);
                for (JsonNode content : operation.findParents("schema")) {
                    assertTrue(content.has("examples"), id);
                }
            }
        }
    }

    @Test
    void namesNothingThatItDoesNotUse() throws IOException {
        JsonNode document = served();
        String text = document.toString();
        for (Map.Entry<String, JsonNode> kind : document.get("components").properties()) {
            for (Map.Entry<String, JsonNode> part : kind.getValue().properties()) {
                String reference = "\"#/components/" + kind.getKey() + "/" + part.getKey() + "\"";
                assertTrue(text.contains(reference) || kind.getKey().equals("securitySchemes"), reference);
            }
        }
    }
}
