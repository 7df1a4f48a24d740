package dev.ember.deploy;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** The fields of a compose file that Ember uses. Other fields are rejected. */
record Compose(String name, Map<String, Service> services, Map<String, Void> volumes) {

    record Service(
            String image,
            Build build,
            List<String> command,
            Map<String, String> environment,
            @JsonProperty("depends_on") Map<String, Dependency> dependsOn,
            Healthcheck healthcheck,
            List<String> ports,
            @JsonProperty("stop_grace_period") String stopGracePeriod,
            String restart,
            String user,
            @JsonProperty("read_only") boolean readOnly,
            @JsonProperty("cap_drop") List<String> capDrop,
            @JsonProperty("security_opt") List<String> securityOpt,
            List<String> volumes) {}

    record Build(String context, String dockerfile) {}

    record Dependency(String condition) {}

    record Healthcheck(List<String> test, String interval, String timeout, int retries) {}

    static Compose read() throws IOException {
        return StrictYaml.read(Manifest.COMPOSE, Compose.class);
    }

    Service ember() {
        return services.get("ember");
    }

    Service migrate() {
        return services.get("migrate");
    }
}
