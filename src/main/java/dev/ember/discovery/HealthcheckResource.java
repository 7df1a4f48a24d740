package dev.ember.discovery;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The health check of the API, with the path that load balancers in front of Heat use. It checks no dependencies. */
@Path("/healthcheck")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Discovery")
public class HealthcheckResource {

    @GET
    @Operation(
            operationId = "getHealthcheck",
            summary = "Show that the API is there",
            description = "What load balancers in front of Heat ask. It asks nothing of the database.")
    @APIResponse(responseCode = "200", description = "It is there")
    public Healthcheck show() {
        return new Healthcheck(false, List.of());
    }

    /** The result of the health check. */
    @Schema(
            name = "Healthcheck",
            description = "That the API is there",
            requiredProperties = {"detailed", "reasons"})
    public record Healthcheck(
            @JsonProperty("detailed") @Schema(description = "Always false")
            boolean detailed,

            @JsonProperty("reasons") @Schema(description = "Always empty")
            List<String> reasons) {}
}
