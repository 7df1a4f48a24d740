package dev.ember.agent;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.UUID;

/**
 * A deployment with its config, as it is stored. The values are in the order in which {@link AgentDeployments} reads
 * them.
 *
 * @param inputValues the input values of the deployment as JSON, or null
 * @param name the name of the config, or null
 * @param group the group of the config, or null
 * @param config the config as JSON, or null
 * @param inputs the input schema as JSON
 * @param outputs the output schema as JSON
 * @param options the options as JSON
 */
record AgentEntry(
        String tenant,
        UUID deployment,
        int run,
        String configId,
        String action,
        String inputValues,
        String name,
        String group,
        String config,
        String inputs,
        String outputs,
        String options) {

    static final String UNGROUPED = "Heat::Ungrouped";

    /** @param values the values of this record as a JSON array */
    static AgentEntry of(JsonNode values) {
        return new AgentEntry(
                values.get(0).textValue(),
                UUID.fromString(values.get(1).textValue()),
                values.get(2).intValue(),
                values.get(3).textValue(),
                values.get(4).textValue(),
                values.get(5).textValue(),
                values.get(6).textValue(),
                values.get(7).textValue(),
                values.get(8).textValue(),
                values.get(9).textValue(),
                values.get(10).textValue(),
                values.get(11).textValue());
    }

    /** Identifies the run. An agent runs an id once. */
    String id() {
        return deployment + "-" + run;
    }

    String groupOrDefault() {
        return group == null ? UNGROUPED : group;
    }

    String nameOrEmpty() {
        return name == null ? "" : name;
    }

    /** The config as JSON, an empty text for null. */
    String configOrEmpty() {
        return config == null || config.equals("null") ? "\"\"" : config;
    }
}
