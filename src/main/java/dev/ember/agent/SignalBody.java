package dev.ember.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ember.config.PythonJson;
import dev.ember.deployment.DeploymentStatus;
import dev.ember.deployment.Signal.Report;
import dev.ember.deployment.Signal.Stored;
import dev.ember.deployment.SoftwareDeployment;
import dev.ember.json.StoredJson;
import dev.ember.text.StorableText;
import java.util.ArrayList;
import java.util.List;

/**
 * The body of a signal, and the result that it reports, as Heat understands it.
 *
 * @see <a href="https://opendev.org/openstack/heat/src/branch/master/heat/engine/service_software_config.py">Heat's
 *     signal_software_deployment</a>
 */
final class SignalBody {

    private static final String STATUS_CODE = "deploy_status_code";

    /** Outputs that every deployment has, whether its config declares them or not. */
    private static final List<String> ALWAYS = List.of("deploy_stdout", "deploy_stderr", STATUS_CODE);

    private static final String SUCCEEDED = "Outputs received";
    private static final String SUPPRESSED = "***";

    private final ObjectNode details;
    private final String signature;

    /** @param signature the signature of the URL, which must not be stored */
    SignalBody(ObjectNode details, String signature) {
        this.details = details;
        this.signature = signature;
    }

    /** The report, given what is stored of the deployment. */
    Report report(Stored stored) {
        ObjectNode values = stored.outputValues() == null
                ? JsonNodeFactory.instance.objectNode()
                : (ObjectNode) StoredJson.parse(stored.outputValues());
        List<String> failures = new ArrayList<>();
        if (hasFailed(details.get(STATUS_CODE))) {
            failures.add(STATUS_CODE + " : Deployment exited with non-zero status code: "
                    + PythonJson.text(details.get(STATUS_CODE)));
        }
        if (stored.outputs() != null) {
            StoredJson.parse(stored.outputs()).forEach(output -> addDeclared(output, values, failures));
        }
        ALWAYS.forEach(name -> values.set(name, details.has(name) ? details.get(name) : NullNode.instance));
        return new Report(
                failures.isEmpty() ? DeploymentStatus.COMPLETE : DeploymentStatus.FAILED,
                failures.isEmpty()
                        ? SUCCEEDED
                        : StorableText.truncate(
                                suppress(String.join(", ", failures)), SoftwareDeployment.MAX_REASON_LENGTH),
                suppress(StoredJson.write(values)));
    }

    private void addDeclared(JsonNode output, ObjectNode values, List<String> failures) {
        String name = output.path("name").asText();
        JsonNode value = details.get(name);
        if (value == null) {
            return;
        }
        values.set(name, value);
        if (output.path("error_output").asBoolean() && !value.isNull()) {
            failures.add(name + " : " + PythonJson.text(value));
        }
    }

    /** Whether Python takes the value for true, and its text is not 0. */
    private static boolean hasFailed(JsonNode code) {
        if (code == null || code.isNull()) {
            return false;
        }
        return switch (code.getNodeType()) {
            case BOOLEAN -> code.booleanValue();
            case NUMBER -> code.decimalValue().signum() != 0;
            case STRING -> !code.textValue().isEmpty() && !code.textValue().equals("0");
            default -> !code.isEmpty();
        };
    }

    /** The signature is hexadecimal, so that its text is the same in JSON. */
    private String suppress(String text) {
        return text.replace(signature, SUPPRESSED);
    }
}
