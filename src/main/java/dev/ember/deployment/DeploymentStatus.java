package dev.ember.deployment;

/** The status of a deployment. */
public enum DeploymentStatus {
    IN_PROGRESS,
    COMPLETE,
    FAILED
}
