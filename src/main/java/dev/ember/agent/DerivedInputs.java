package dev.ember.agent;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.ember.config.PythonJson;
import java.io.IOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The inputs of a deployment with their values, as Heat derives them: those that the config declares, then the other
 * input values of the deployment, then what tells the agent where to report.
 */
final class DerivedInputs {

    private static final String NAME = "name";
    private static final String TYPE = "type";
    private static final String STRING = "String";
    private static final String VALUE = "value";
    private static final String SIGNAL_ID = "deploy_signal_id";

    private final JsonGenerator json;
    private final Set<String> names = new HashSet<>();

    private DerivedInputs(JsonGenerator json) {
        this.json = json;
    }

    /**
     * Writes the inputs of a deployment as a list.
     *
     * @param serverId the server that runs it
     * @param signalUrl the signed URL of its signal
     */
    static void write(JsonGenerator json, AgentEntry entry, String serverId, String signalUrl) throws IOException {
        DerivedInputs inputs = new DerivedInputs(json);
        JsonNode values = entry.inputValues().parse();
        json.writeStartArray();
        for (JsonNode declared : entry.inputs().parse()) {
            inputs.addDeclared(declared, values);
        }
        for (Map.Entry<String, JsonNode> value : values.properties()) {
            inputs.add(value.getKey(), value.getValue());
        }
        inputs.add("deploy_server_id", serverId);
        inputs.add("deploy_action", entry.action());
        inputs.add("deploy_signal_transport", "TEMP_URL_SIGNAL");
        if (!inputs.names.contains(SIGNAL_ID)) {
            inputs.add(SIGNAL_ID, signalUrl);
            inputs.add("deploy_signal_verb", "PUT");
        }
        json.writeEndArray();
    }

    private void addDeclared(JsonNode declared, JsonNode values) throws IOException {
        String name = declared.path(NAME).asText();
        names.add(name);
        json.writeStartObject();
        for (Map.Entry<String, JsonNode> field : declared.properties()) {
            json.writeFieldName(field.getKey());
            write(field.getValue());
        }
        if (!declared.has(VALUE)) {
            json.writeFieldName(VALUE);
            writeValue(declared, values.get(name));
        }
        json.writeEndObject();
    }

    private void writeValue(JsonNode declared, JsonNode given) throws IOException {
        if (given != null) {
            write(given);
        } else if (declared.has("default")) {
            write(declared.get("default"));
        } else if (declared.path(TYPE).asText(STRING).equals(STRING)) {
            json.writeString("");
        } else {
            json.writeNull();
        }
    }

    /**
     * Adds an input that the config does not declare. Hooks pass inputs on as environment variables, where numbers and
     * Boolean values would crash them.
     */
    private void add(String name, JsonNode value) throws IOException {
        if (value.isContainerNode()) {
            if (names.add(name)) {
                start(name);
                write(value);
                json.writeEndObject();
            }
        } else {
            add(name, value.isNull() ? null : PythonJson.text(value));
        }
    }

    private void add(String name, String value) throws IOException {
        if (names.add(name)) {
            start(name);
            json.writeString(value);
            json.writeEndObject();
        }
    }

    private void start(String name) throws IOException {
        json.writeStartObject();
        json.writeStringField(NAME, name);
        json.writeStringField(TYPE, STRING);
        json.writeFieldName(VALUE);
    }

    private void write(JsonNode value) throws IOException {
        if (value.isTextual()) {
            json.writeString(value.textValue());
        } else {
            json.writeTree(value);
        }
    }
}
