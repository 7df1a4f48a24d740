package dev.ember.openapi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The schemas of responses. Fields that are not documented are invalid. */
final class DocumentedBodies {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final JsonNode document;
    private final JsonNode components;
    private final Map<JsonNode, JsonSchema> schemas = new ConcurrentHashMap<>();

    DocumentedBodies(JsonNode document) {
        this.document = document;
        this.components = document.get("components").deepCopy();
        components.get("schemas").forEach(DocumentedBodies::close);
    }

    private static void close(JsonNode schema) {
        if (schema.has("properties") && !schema.has("additionalProperties")) {
            ((ObjectNode) schema).put("additionalProperties", false);
        }
    }

    /** Returns a validator for JSON Schema 2020-12 that also checks formats. */
    static JsonSchema validator(JsonNode schema) {
        return JsonSchemaFactory.getInstance(VersionFlag.V202012)
                .getSchema(
                        schema,
                        SchemaValidatorsConfig.builder()
                                .formatAssertionsEnabled(true)
                                .build());
    }

    JsonNode dereference(JsonNode node) {
        return node.has("$ref") ? document.at(node.get("$ref").textValue().substring(1)) : node;
    }

    void checkBody(String exchange, JsonNode schema, String body) {
        try {
            check(exchange + " " + body, schema, JSON.readTree(body));
        } catch (JsonProcessingException e) {
            throw new AssertionError(exchange + " is not JSON: " + body, e);
        }
    }

    void checkHeader(String exchange, JsonNode header, String value) {
        JsonNode schema = dereference(header).get("schema");
        boolean isNumber = schema.path("type").asText().equals("integer");
        check(exchange, schema, isNumber ? IntNode.valueOf(Integer.parseInt(value)) : TextNode.valueOf(value));
    }

    private void check(String exchange, JsonNode schema, JsonNode value) {
        JsonSchema validator = schemas.computeIfAbsent(schema, s -> {
            ObjectNode whole = s.deepCopy();
            whole.set("components", components);
            return validator(whole);
        });
        assertEquals(Set.of(), validator.validate(value), exchange);
    }
}
