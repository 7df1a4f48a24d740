package dev.ember.discovery;

import static dev.ember.policy.Operation.VALIDATE_TEMPLATE;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ember.identity.Authorization;
import dev.ember.json.JsonBody;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import org.jboss.resteasy.reactive.RestPath;

/**
 * Accepts every template. {@code openstack software config create} validates a stack template before it creates a
 * config, and ignores the response. This service has no stacks, so every template is valid and has no parameters.
 */
@Path("/v1/{tenant_id: " + Authorization.TENANT + "}/validate")
@Produces(MediaType.APPLICATION_JSON)
public class ValidateResource {

    private static final Validation VALID = new Validation(
            "No description", Map.of(), new Environment(new Registry(Map.of()), Map.of(), Map.of(), List.of()));

    private final Authorization authorization;

    ValidateResource(Authorization authorization) {
        this.authorization = authorization;
    }

    @POST
    public Validation validate(@RestPath("tenant_id") String tenantId, JsonBody body) {
        authorization.authorize(VALIDATE_TEMPLATE, tenantId);
        return VALID;
    }

    /** The response of Heat for a valid template without parameters. */
    @RegisterForReflection
    public record Validation(
            @JsonProperty("Description") String description,

            @JsonProperty("Parameters") Map<String, Object> parameters,

            @JsonProperty("Environment") Environment environment) {}

    /** The environment of a stack. It is empty. */
    @RegisterForReflection
    public record Environment(
            @JsonProperty("resource_registry") Registry resourceRegistry,

            @JsonProperty("parameters") Map<String, Object> parameters,

            @JsonProperty("parameter_defaults") Map<String, Object> parameterDefaults,

            @JsonProperty("event_sinks") List<Object> eventSinks) {}

    /** The resource types of an environment. There are none. */
    @RegisterForReflection
    public record Registry(@JsonProperty("resources") Map<String, Object> resources) {}
}
