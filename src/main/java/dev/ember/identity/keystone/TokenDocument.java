package dev.ember.identity.keystone;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ember.identity.Principal;
import dev.ember.policy.Role;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/** Keystone's description of a token, as it stands in the body of an answer. */
final class TokenDocument {

    private static final String SERVICE_ROLE = "service";

    private TokenDocument() {}

    /** @throws KeystoneFailure when the body describes no token */
    static ValidToken read(JsonNode body) throws KeystoneFailure {
        JsonNode token = body.path("token");
        String user = token.path("user").path("id").textValue();
        if (user == null) {
            throw new KeystoneFailure("its answer describes no token");
        }
        List<String> roles = new ArrayList<>();
        for (JsonNode role : token.path("roles")) {
            roles.add(role.path("name").asText());
        }
        String project = token.path("project").path("id").textValue();
        return new ValidToken(
                new Principal(user, project, Role.named(roles), roles.contains(SERVICE_ROLE)), expires(body));
    }

    /**
     * Whether the token comes from an application credential that permits certain requests only. Which ones, this
     * service does not check.
     */
    static boolean hasAccessRules(JsonNode body) {
        return body.path("token").path("application_credential").hasNonNull("access_rules");
    }

    /** @throws KeystoneFailure when the body describes no token */
    static Instant expires(JsonNode body) throws KeystoneFailure {
        try {
            return OffsetDateTime.parse(body.path("token").path("expires_at").asText())
                    .toInstant();
        } catch (DateTimeException e) {
            throw new KeystoneFailure("its answer does not say when the token expires");
        }
    }
}
