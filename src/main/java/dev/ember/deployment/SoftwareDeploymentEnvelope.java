package dev.ember.deployment;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** The body of a response with one software deployment. */
@RegisterForReflection
record SoftwareDeploymentEnvelope(
        @JsonProperty("software_deployment") SoftwareDeploymentView softwareDeployment) {

    static SoftwareDeploymentEnvelope of(SoftwareDeployment deployment) {
        return new SoftwareDeploymentEnvelope(SoftwareDeploymentView.of(deployment));
    }
}
