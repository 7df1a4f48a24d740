package dev.ember.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ember.fault.InvalidSchema;
import java.util.Set;

/** The outputs of a software config, brought into the form that Heat keeps and returns them in. */
final class OutputSchema {

    private static final Set<String> KEYS = Set.of("name", "description", "type", "error_output");

    private OutputSchema() {}

    /**
     * @param outputs what the client sent, or null
     * @throws InvalidSchema when it breaks the schema
     */
    static JsonNode normalize(JsonNode outputs) {
        return Member.normalizeAll("outputs", outputs, KEYS, OutputSchema::normalize);
    }

    private static void normalize(Member output) {
        output.readName();
        output.readDescription();
        output.readType();
        output.read("error_output", output.flag("error_output"));
    }
}
