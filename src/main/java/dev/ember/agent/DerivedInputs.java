package dev.ember.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.ember.config.PythonJson;
import dev.ember.json.StoredJson;
import java.util.HashSet;
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

    private final ArrayNode inputs = JsonNodeFactory.instance.arrayNode();
    private final Set<String> names = new HashSet<>();

    private DerivedInputs() {}

    /**
     * The inputs of a deployment.
     *
     * @param serverId the server that runs it
     * @param signalUrl the signed URL of its signal
     */
    static ArrayNode of(AgentEntry entry, String serverId, String signalUrl) {
        DerivedInputs derived = new DerivedInputs();
        JsonNode values = entry.inputValues() == null
                ? JsonNodeFactory.instance.objectNode()
                : StoredJson.parse(entry.inputValues());
        StoredJson.parse(entry.inputs()).forEach(declared -> derived.addDeclared(declared, values));
        values.properties().forEach(value -> derived.add(value.getKey(), text(value.getValue())));
        derived.add("deploy_server_id", TextNode.valueOf(serverId));
        derived.add("deploy_action", TextNode.valueOf(entry.action()));
        derived.add("deploy_signal_transport", TextNode.valueOf("TEMP_URL_SIGNAL"));
        if (!derived.names.contains(SIGNAL_ID)) {
            derived.add(SIGNAL_ID, TextNode.valueOf(signalUrl));
            derived.add("deploy_signal_verb", TextNode.valueOf("PUT"));
        }
        return derived.inputs;
    }

    private void addDeclared(JsonNode declared, JsonNode values) {
        String name = declared.path(NAME).asText();
        names.add(name);
        ObjectNode input = declared.deepCopy();
        if (!input.has(VALUE)) {
            input.set(VALUE, value(declared, values.get(name)));
        }
        inputs.add(input);
    }

    private static JsonNode value(JsonNode declared, JsonNode given) {
        if (given != null) {
            return given;
        }
        if (declared.has("default")) {
            return declared.get("default");
        }
        return declared.path(TYPE).asText(STRING).equals(STRING) ? TextNode.valueOf("") : NullNode.instance;
    }

    /** An input that the config does not declare. */
    private void add(String name, JsonNode value) {
        if (names.add(name)) {
            inputs.addObject().put(NAME, name).put(TYPE, STRING).set(VALUE, value);
        }
    }

    /** Hooks pass inputs on as environment variables, where numbers and Boolean values would crash them. */
    private static JsonNode text(JsonNode value) {
        return value.isBoolean() || value.isNumber() ? TextNode.valueOf(PythonJson.text(value)) : value;
    }
}
