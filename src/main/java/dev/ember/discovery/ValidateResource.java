package dev.ember.discovery;

import static dev.ember.policy.Operation.VALIDATE_TEMPLATE;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ember.identity.Authorization;
import dev.ember.json.JsonBody;
import dev.ember.json.JsonText;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/**
 * Accepts every template. {@code openstack software config create} validates a stack template before it creates a
 * config, and ignores the response. This service has no stacks, so every template is valid and has no parameters.
 */
@Path("/v1/{tenant_id: " + Authorization.TENANT + "}/validate")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Templates")
public class ValidateResource {

    private static final Validation VALID = new Validation(
            "No description", Map.of(), new Environment(new Registry(Map.of()), Map.of(), Map.of(), List.of()));

    private final Authorization authorization;

    ValidateResource(Authorization authorization) {
        this.authorization = authorization;
    }

    @POST
    @Operation(
            operationId = "validateTemplate",
            summary = "Validate a template",
            description =
                    "What the OpenStack client asks before it creates a software config. Stacks are not kept here: any template is valid, and has no parameters.")
    @APIResponse(responseCode = "200", description = "The template is valid, as every template is here")
    public Validation validate(
            @RestPath("tenant_id") String tenantId,
            @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(implementation = Template.class)))
                    JsonBody body) {
        authorization.authorize(VALIDATE_TEMPLATE, tenantId);
        return VALID;
    }

    /** A template to validate. Its content is ignored. */
    @Schema(name = "TemplateValidate", description = "A template to validate, which is not looked into")
    record Template(
            @JsonProperty("template") @Schema(description = "The template")
            JsonText template) {}

    /** The response of Heat for a valid template without parameters. */
    @Schema(
            name = "TemplateValidation",
            description = "What a valid template asks for",
            requiredProperties = {"Description", "Parameters", "Environment"})
    public record Validation(
            @JsonProperty("Description") @Schema(description = "Always No description")
            String description,

            @JsonProperty("Parameters") @Schema(description = "What it asks for: nothing")
            Map<String, Object> parameters,

            @JsonProperty("Environment") Environment environment) {}

    /** The environment of a stack. It is empty. */
    @Schema(
            name = "TemplateEnvironment",
            description = "The environment of the template: empty",
            requiredProperties = {"resource_registry", "parameters", "parameter_defaults", "event_sinks"})
    public record Environment(
            @JsonProperty("resource_registry") Registry resourceRegistry,

            @JsonProperty("parameters") @Schema(description = "Its parameters: none")
            Map<String, Object> parameters,

            @JsonProperty("parameter_defaults") @Schema(description = "Its defaults: none")
            Map<String, Object> parameterDefaults,

            @JsonProperty("event_sinks") @Schema(description = "Where its events go: nowhere")
            List<Object> eventSinks) {}

    /** The resource types of an environment. There are none. */
    @Schema(
            name = "TemplateResourceRegistry",
            description = "The resource types of the environment: none",
            requiredProperties = "resources")
    public record Registry(
            @JsonProperty("resources") @Schema(description = "The resource types: none")
            Map<String, Object> resources) {}
}
