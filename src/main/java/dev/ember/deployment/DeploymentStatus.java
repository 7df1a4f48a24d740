package dev.ember.deployment;

/** What came of a deployment, so far. */
public enum DeploymentStatus {
    IN_PROGRESS,
    COMPLETE,
    FAILED
}
