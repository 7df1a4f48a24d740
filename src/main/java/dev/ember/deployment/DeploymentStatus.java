package dev.ember.deployment;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The status of a deployment. */
@Schema(name = "DeploymentStatus", description = "What came of a deployment, so far")
public enum DeploymentStatus {
    IN_PROGRESS,
    COMPLETE,
    FAILED
}
