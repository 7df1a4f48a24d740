package dev.ember.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.yaml.snakeyaml.Yaml;

/** The files in {@code docs/openapi}: the OpenAPI document in 3.1 and 3.0, and the request bodies as JSON Schemas. */
final class PublishedFiles {

    static final Path DIRECTORY = Path.of("docs/openapi");

    /** The hand-written document. */
    private static final Path SOURCE = Path.of("src/main/resources/META-INF/openapi.yaml");

    private static final JsonMapper JSON = new JsonMapper();
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .build();

    private static final Map<String, String> BODIES = Map.of(
            "SoftwareDeploymentCreate", "software-deployment-create",
            "SoftwareDeploymentUpdate", "software-deployment-update",
            "SoftwareConfigCreate", "software-config-create");

    private PublishedFiles() {}

    /** Reads the hand-written document. Jackson would not resolve its aliases. */
    static JsonNode source() throws IOException {
        return JSON.valueToTree(new Yaml().<Object>load(Files.readString(SOURCE)));
    }

    /** The document that is committed in {@code docs/openapi}, in 3.1. */
    static JsonNode document() {
        return read("openapi.json");
    }

    static JsonNode read(String name) {
        try {
            return JSON.readTree(DIRECTORY.resolve(name).toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Parses a file in JSON or YAML. The order of keys does not affect the comparison of the results. */
    static JsonNode data(String content) throws IOException {
        return YAML.readTree(content);
    }

    /** The contents of all files by name, rendered from the document. */
    static Map<String, String> of(JsonNode document) throws IOException {
        JsonNode older = OpenApi30.of(document);
        Map<String, String> files = new LinkedHashMap<>();
        files.put("openapi.json", json(document));
        files.put("openapi.yaml", YAML.writeValueAsString(document));
        files.put("openapi-3.0.json", json(older));
        files.put("openapi-3.0.yaml", YAML.writeValueAsString(older));
        BODIES.forEach((schema, name) -> files.put(name + ".schema.json", json(schema(document, schema))));
        return files;
    }

    static void write(Map<String, String> files) throws IOException {
        Files.createDirectories(DIRECTORY);
        for (Map.Entry<String, String> file : files.entrySet()) {
            Files.writeString(DIRECTORY.resolve(file.getKey()), file.getValue());
        }
    }

    /** A JSON Schema that needs no other file. */
    private static JsonNode schema(JsonNode document, String name) {
        ObjectNode schema = JSON.createObjectNode();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("title", name);
        schema.setAll((ObjectNode) document.at("/components/schemas/" + name));
        ObjectNode all = JSON.createObjectNode();
        define(document, schema, all);
        if (!all.isEmpty()) {
            schema.set("$defs", all);
        }
        try {
            return JSON.readTree(schema.toString().replace("#/components/schemas/", "#/$defs/"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void define(JsonNode document, JsonNode schema, ObjectNode all) {
        for (String reference : schema.findValuesAsText("$ref")) {
            String name = reference.substring(reference.lastIndexOf('/') + 1);
            if (!all.has(name)) {
                JsonNode definition = document.at(reference.substring(1));
                all.set(name, definition);
                define(document, definition, all);
            }
        }
    }

    static String json(JsonNode node) {
        return node.toPrettyString() + "\n";
    }
}
