package dev.ember.deployment;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The object around a software deployment in a response. */
record SoftwareDeploymentEnvelope(
        @JsonProperty("software_deployment") SoftwareDeploymentView softwareDeployment) {

    static SoftwareDeploymentEnvelope of(SoftwareDeployment deployment) {
        return new SoftwareDeploymentEnvelope(SoftwareDeploymentView.of(deployment));
    }
}
