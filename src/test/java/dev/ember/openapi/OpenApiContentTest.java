package dev.ember.openapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rules for the hand-written document. */
class OpenApiContentTest {

    private static final Pattern CAMEL_CASE = Pattern.compile("[a-z]+([A-Z][a-z]+)*");

    private JsonNode document;

    @BeforeEach
    void readDocument() throws IOException {
        document = PublishedFiles.source();
    }

    @Test
    void describesEveryOperation() {
        Set<String> ids = new TreeSet<>();
        for (JsonNode path : document.get("paths")) {
            for (JsonNode operation : path) {
                String id = operation.get("operationId").textValue();
                assertTrue(CAMEL_CASE.matcher(id).matches(), id);
                assertTrue(ids.add(id), id);
                assertTrue(operation.has("summary") && operation.has("description"), id);
                assertEquals(1, operation.get("tags").size(), id);
            }
        }
    }

    @Test
    void hasNoUnusedComponents() {
        String text = document.toString();
        for (Map.Entry<String, JsonNode> kind : document.get("components").properties()) {
            for (Map.Entry<String, JsonNode> part : kind.getValue().properties()) {
                String reference = "\"#/components/" + kind.getKey() + "/" + part.getKey() + "\"";
                assertTrue(text.contains(reference) || kind.getKey().equals("securitySchemes"), reference);
            }
        }
    }

    @Test
    void hasNoDanglingReferences() {
        for (String reference : document.findValuesAsText("$ref")) {
            assertFalse(document.at(reference.substring(1)).isMissingNode(), reference);
        }
    }

    @Test
    void hasAnExampleOfEveryBodyThatIsValid() {
        DocumentedBodies bodies = new DocumentedBodies(document);
        for (JsonNode content : document.findParents("schema")) {
            if (content.has("in")) {
                continue; // a parameter, which has one example
            }
            for (JsonNode reference : content.path("examples")) {
                JsonNode example = bodies.dereference(reference).get("value");
                bodies.checkBody(reference.toString(), content.get("schema"), example.toString());
            }
        }
    }

    @Test
    void givesEveryResponseARequestId() {
        ObjectNode responses = (ObjectNode) document.at("/components/responses");
        document.findValues("responses").stream()
                .filter(all -> all != responses)
                .forEach(all -> all.properties().forEach(response -> {
                    JsonNode headers = new DocumentedBodies(document)
                            .dereference(response.getValue())
                            .path("headers");
                    assertTrue(headers.has("X-Openstack-Request-Id"), response.toString());
                }));
    }
}
