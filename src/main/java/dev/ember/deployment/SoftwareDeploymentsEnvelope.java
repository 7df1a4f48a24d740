package dev.ember.deployment;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What a list of deployments looks like, for the OpenAPI document: the service writes it piece by piece. */
@Schema(
        name = "SoftwareDeploymentsEnvelope",
        description = "Software deployments in an object of their own",
        requiredProperties = "software_deployments")
record SoftwareDeploymentsEnvelope(
        @JsonProperty("software_deployments") @Schema(description = "The deployments, oldest first")
        List<SoftwareDeploymentView> softwareDeployments) {}
