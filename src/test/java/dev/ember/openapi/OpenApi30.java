package dev.ember.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** Converts a document from OpenAPI 3.1 to 3.0, for generators that do not support 3.1. */
final class OpenApi30 {

    private OpenApi30() {}

    static JsonNode of(JsonNode document) {
        ObjectNode older = document.deepCopy();
        older.put("openapi", "3.0.3");
        ((ObjectNode) older.get("info")).remove("summary");
        older.at("/components/schemas").forEach(OpenApi30::convert);
        for (String part : new String[] {"parameters", "headers"}) {
            older.at("/components/" + part).forEach(p -> convert(p.get("schema")));
        }
        return older;
    }

    private static void convert(JsonNode node) {
        ObjectNode schema = (ObjectNode) node;
        if (schema.get("type") instanceof ArrayNode types) {
            schema.put("type", types.get(0).textValue());
            schema.put("nullable", true);
        }
        if (schema.get("anyOf") instanceof ArrayNode any) {
            schema.putArray("allOf").add(any.get(0));
            schema.remove("anyOf");
            schema.put("type", "string"); // all nullable references are to schemas of texts
            schema.remove("default"); // generators cannot convert it to a value of an enumeration
            schema.put("nullable", true);
        }
        if (schema.has("$ref") && schema.size() > 1) {
            JsonNode reference = schema.remove("$ref");
            schema.putArray("allOf").addObject().set("$ref", reference);
        }
        if (schema.get("examples") instanceof ArrayNode examples) {
            schema.set("example", examples.get(0));
            schema.remove("examples");
        }
        if (schema.has("items")) {
            convert(schema.get("items"));
        }
        for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
            convert(property.getValue());
        }
    }
}
