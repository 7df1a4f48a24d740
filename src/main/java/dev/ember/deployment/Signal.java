package dev.ember.deployment;

import dev.ember.limits.RequestMemory;
import java.util.UUID;
import java.util.function.Function;

/**
 * A report of an agent about one run of a deployment.
 *
 * @param report makes the report from what is stored
 * @param origin the request of the agent
 * @param memory of the request, which acquires what a large stored row takes
 */
public record Signal(
        String tenantId, UUID id, int run, Function<Stored, Report> report, Origin origin, RequestMemory memory) {

    /**
     * The part of a deployment on which a report depends.
     *
     * @param outputs the output schema of the config as JSON, or null when the config is not stored here
     * @param outputValues the output values of before as JSON, or null
     */
    public record Stored(String outputs, String outputValues) {}

    /**
     * The result of a run.
     *
     * @param outputValues the output values as JSON
     */
    public record Report(DeploymentStatus status, String statusReason, String outputValues) {}

    /** What a signal has changed. */
    public enum Outcome {
        /** The deployment is complete. */
        COMPLETE,

        /** The deployment has failed. */
        FAILED,

        /** Nothing: the deployment is not in progress, or the signal belongs to another run. */
        IGNORED,

        /** Nothing: there is no such deployment. */
        NOT_FOUND;

        /** The status that the signal has stored, or null if it has changed nothing. */
        DeploymentStatus status() {
            return switch (this) {
                case COMPLETE -> DeploymentStatus.COMPLETE;
                case FAILED -> DeploymentStatus.FAILED;
                case IGNORED, NOT_FOUND -> null;
            };
        }
    }

    SoftwareDeployment.Key row() {
        return new SoftwareDeployment.Key(tenantId, id);
    }
}
