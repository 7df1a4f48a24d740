package dev.ember.openapi;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import dev.ember.HttpTest;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** At the boundaries of the published schemas: valid values are accepted, and invalid ones rejected. */
@QuarkusTest
class BoundariesTest extends HttpTest {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final JsonNode DOCUMENT = PublishedFiles.document();

    @ParameterizedTest
    @CsvSource({
        "software-deployment-create, CreateSoftwareDeploymentRequest, POST, software_deployments",
        "software-deployment-update, UpdateSoftwareDeploymentRequest, PUT, software_deployments",
        "software-config-create, CreateSoftwareConfigRequest, POST, software_configs"
    })
    void ofBodies(String file, String example, String method, String collection) {
        String path = "/v1/" + tenant + "/" + collection;
        if (method.equals("PUT")) {
            String existing = DOCUMENT.at("/components/examples/CreateSoftwareDeploymentRequest/value")
                    .toString();
            path += "/" + json(existing).post(path).path("software_deployment.id");
        }
        JsonNode schema = PublishedFiles.read(file + ".schema.json");
        JsonSchema validator = DocumentedBodies.validator(schema);
        ObjectNode whole = (ObjectNode) DOCUMENT.at("/components/examples/" + example + "/value");
        for (Map.Entry<String, JsonNode> field : schema.get("properties").properties()) {
            for (JsonNode value : candidates(schema, field.getValue())) {
                ObjectNode body = whole.deepCopy();
                body.remove(field.getKey());
                if (!value.isMissingNode()) {
                    body.set(field.getKey(), value);
                }
                boolean allowed = validator.validate(body).isEmpty();
                if (allowed || !isLenient(field.getKey())) {
                    int status = json(body.toString()).request(method, path).statusCode();
                    assertEquals(allowed ? 200 : 400, status, field.getKey() + ": " + shortened(value));
                }
            }
        }
    }

    /** Heat accepts any empty value for these fields, and converts their items. The document describes lists only. */
    private static boolean isLenient(String field) {
        return field.equals("inputs") || field.equals("outputs");
    }

    private static List<JsonNode> candidates(JsonNode root, JsonNode schema) {
        List<JsonNode> values = new ArrayList<>(List.of(
                MissingNode.getInstance(),
                JSON.nullNode(),
                JSON.textNode(""),
                JSON.textNode(" "),
                JSON.textNode("\t\u001f"),
                JSON.textNode("\u00a0"),
                JSON.textNode("\u0001"),
                JSON.textNode("\u2028"),
                JSON.textNode("."),
                JSON.textNode(".."),
                JSON.textNode("..."),
                JSON.textNode(" ."),
                JSON.textNode(".\n"),
                JSON.textNode("OTHER"),
                JSON.textNode("in_progress"),
                JSON.numberNode(5),
                JSON.booleanNode(true),
                JSON.arrayNode(),
                JSON.arrayNode().add(1),
                JSON.objectNode(),
                JSON.objectNode().putNull("a")));
        if (schema.has("pattern")) {
            values.add(JSON.textNode("a\u0000b"));
        }
        if (schema.has("maxLength")) {
            int most = schema.get("maxLength").intValue();
            for (int length : new int[] {most, most + 1}) {
                values.add(JSON.textNode("x".repeat(length)));
                values.add(JSON.textNode("\ud83d\ude00".repeat(length)));
            }
        }
        for (JsonNode reference : schema.findValues("$ref")) {
            JsonNode named = root.at(reference.textValue().substring(1));
            named.path("enum").forEach(values::add);
            for (Map.Entry<String, JsonNode> field : named.path("properties").properties()) {
                for (JsonNode value : candidates(root, field.getValue())) {
                    ObjectNode member = JSON.objectNode().put("name", "n");
                    values.add(
                            JSON.arrayNode().add(value.isMissingNode() ? member : member.set(field.getKey(), value)));
                }
            }
        }
        return values;
    }

    private static String shortened(JsonNode value) {
        String text = value.toString();
        return text.length() > 200 ? text.substring(0, 200) + "…" : text;
    }

    @ParameterizedTest
    @CsvSource({
        "Limit, -1",
        "Limit, 0",
        "Limit, 1",
        "Limit, 2147483647",
        "Limit, 2147483648",
        "Limit, 1.5",
        "Limit, abc",
        "FilterStatus, COMPLETE",
        "FilterStatus, complete",
        "FilterServerId, a",
        "FilterConfigId, a",
        "FilterAction, a"
    })
    void ofParameters(String name, String value) {
        JsonNode parameter = DOCUMENT.at("/components/parameters/" + name);
        ObjectNode schema = parameter.get("schema").deepCopy();
        schema.set("components", DOCUMENT.get("components"));
        List<String> values = value.equals("a") ? List.of("a".repeat(255), "a".repeat(256), "a\u0000") : List.of(value);
        for (String text : values) {
            JsonNode node = text.matches("-?\\d+") ? JSON.numberNode(Long.parseLong(text)) : JSON.textNode(text);
            boolean allowed = DocumentedBodies.validator(schema).validate(node).isEmpty();
            String query = parameter.get("name").textValue() + "=" + URLEncoder.encode(text, StandardCharsets.UTF_8);
            given().urlEncodingEnabled(false)
                    .get(deployments + "?" + query)
                    .then()
                    .statusCode(allowed ? 200 : 400);
        }
    }

    @ParameterizedTest
    @CsvSource({"a, 1", "a, 64", "a, 65", "é, 1", "., 2", "-, 1"})
    void ofTenants(String character, int length) {
        String id = character.repeat(length);
        JsonSchema schema = DocumentedBodies.validator(DOCUMENT.at("/components/parameters/TenantId/schema"));
        given().get("/v1/" + id + "/software_deployments")
                .then()
                .statusCode(schema.validate(JSON.textNode(id)).isEmpty() ? 200 : 404);
    }
}
