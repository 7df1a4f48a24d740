package dev.ember.discovery;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** The health check of the API, with the path that load balancers in front of Heat use. It checks no dependencies. */
@Path("/healthcheck")
@Produces(MediaType.APPLICATION_JSON)
public class HealthcheckResource {

    @GET
    public Healthcheck show() {
        return new Healthcheck(false, List.of());
    }

    /** The result of the health check. */
    @RegisterForReflection
    public record Healthcheck(
            @JsonProperty("detailed") boolean detailed,

            @JsonProperty("reasons") List<String> reasons) {}
}
