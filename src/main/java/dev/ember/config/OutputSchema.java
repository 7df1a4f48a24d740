package dev.ember.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ember.fault.InvalidSchema;
import java.util.Set;

/** Validates the outputs of a software config and normalizes them as Heat does. */
final class OutputSchema {

    private static final Set<String> KEYS = Set.of("name", "description", "type", "error_output");

    private OutputSchema() {}

    /**
     * Normalizes a list of outputs.
     *
     * @param outputs the list as the client sent it, or null
     * @throws InvalidSchema when an output violates the schema
     */
    static JsonNode normalize(JsonNode outputs) {
        return SchemaEntry.normalizeAll("outputs", outputs, KEYS, OutputSchema::normalize);
    }

    private static void normalize(SchemaEntry output) {
        output.addName();
        output.addDescription();
        output.addType();
        output.put("error_output", output.isTrue("error_output"));
    }
}
