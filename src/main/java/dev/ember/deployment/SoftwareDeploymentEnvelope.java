package dev.ember.deployment;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The body of a response with one software deployment. */
@Schema(
        name = "SoftwareDeploymentEnvelope",
        description = "A software deployment in an object of its own",
        requiredProperties = "software_deployment")
record SoftwareDeploymentEnvelope(
        @JsonProperty("software_deployment") SoftwareDeploymentView softwareDeployment) {

    static SoftwareDeploymentEnvelope of(SoftwareDeployment deployment) {
        return new SoftwareDeploymentEnvelope(SoftwareDeploymentView.of(deployment));
    }
}
