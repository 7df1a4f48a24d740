package dev.ember.discovery;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** Says that the API is there, as load balancers in front of Heat ask it. It looks at nothing else. */
@Path("/healthcheck")
@Produces(MediaType.APPLICATION_JSON)
public class HealthcheckResource {

    @GET
    public Healthcheck show() {
        return new Healthcheck(false, List.of());
    }

    /** That the API is there. */
    public record Healthcheck(
            @JsonProperty("detailed") boolean detailed,

            @JsonProperty("reasons") List<String> reasons) {}
}
