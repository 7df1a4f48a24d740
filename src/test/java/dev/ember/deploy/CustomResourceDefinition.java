package dev.ember.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The schema of a custom resource. Fields that it does not have are errors, as with {@code kubectl apply}. */
record CustomResourceDefinition(JsonSchema schema) {

    static CustomResourceDefinition read(Path file, String version) throws IOException {
        JsonNode definition = StrictYaml.documents(Files.readString(file)).get(0);
        for (JsonNode candidate : definition.at("/spec/versions")) {
            if (candidate.path("name").asText().equals(version)) {
                return of(candidate.at("/schema/openAPIV3Schema"));
            }
        }
        throw new IOException("No version " + version + " in " + file);
    }

    static CustomResourceDefinition of(JsonNode schema) {
        JsonNode strict = schema.deepCopy();
        // The API server checks the metadata of every kind in the same way.
        ((ObjectNode) strict.path("properties")).putObject("metadata").put("type", "object");
        rejectUnknownFields(strict);
        return new CustomResourceDefinition(
                JsonSchemaFactory.getInstance(VersionFlag.V7).getSchema(strict));
    }

    private static void rejectUnknownFields(JsonNode node) {
        node.forEach(CustomResourceDefinition::rejectUnknownFields);
        if (node.path("properties").isObject()
                && !node.has("additionalProperties")
                && !node.path("x-kubernetes-preserve-unknown-fields").asBoolean()) {
            ((ObjectNode) node).put("additionalProperties", false);
        }
    }

    /** Returns what is wrong with an object. */
    Set<String> errors(JsonNode object) {
        return schema.validate(object).stream()
                .map(ValidationMessage::getMessage)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
