package dev.ember.deployment;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Describes the list of deployments for the OpenAPI document. The service streams the list in chunks. */
@Schema(
        name = "SoftwareDeploymentsEnvelope",
        description = "Software deployments in an object of their own",
        requiredProperties = "software_deployments")
record SoftwareDeploymentsEnvelope(
        @JsonProperty("software_deployments") @Schema(description = "The deployments, oldest first")
        List<SoftwareDeploymentView> softwareDeployments) {}
