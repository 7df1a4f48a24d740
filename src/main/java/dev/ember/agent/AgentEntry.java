package dev.ember.agent;

import dev.ember.json.JsonSlice;
import dev.ember.json.JsonValues;
import java.io.IOException;
import java.util.UUID;

/**
 * A deployment with its config, as it is stored. The values are in the order in which {@link AgentDeployments} reads
 * them.
 *
 * @param inputValues the input values of the deployment as JSON, also null
 * @param name the name of the config, or null
 * @param group the group of the config, or null
 * @param config the config as JSON, also null
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
        JsonSlice inputValues,
        String name,
        String group,
        JsonSlice config,
        JsonSlice inputs,
        JsonSlice outputs,
        JsonSlice options) {

    static final String UNGROUPED = "Heat::Ungrouped";

    /** @param values at the first value of this record */
    static AgentEntry read(JsonValues values) throws IOException {
        return new AgentEntry(
                values.text(),
                UUID.fromString(values.text()),
                values.integer(),
                values.text(),
                values.text(),
                values.slice(),
                values.text(),
                values.text(),
                values.slice(),
                values.slice(),
                values.slice(),
                values.slice());
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
}
