package dev.ember.identity.keystone;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ember.identity.IdentityFailure;
import dev.ember.identity.Principal;
import dev.ember.identity.token.ValidToken;
import dev.ember.policy.Role;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/** Reads Keystone's description of a token from the body of a response. */
final class TokenDocument {

    private static final String SERVICE_ROLE = "service";

    private TokenDocument() {}

    /** @throws IdentityFailure if the body does not describe a token */
    static ValidToken read(JsonNode body) throws IdentityFailure {
        JsonNode token = body.path("token");
        String user = token.path("user").path("id").textValue();
        if (user == null) {
            throw new IdentityFailure("its response does not describe a token");
        }
        List<String> roles = new ArrayList<>();
        for (JsonNode role : token.path("roles")) {
            roles.add(role.path("name").asText());
        }
        String project = token.path("project").path("id").textValue();
        return new ValidToken(
                new Principal(user, project, Role.named(roles), roles.contains(SERVICE_ROLE)), readExpiry(body));
    }

    /**
     * Whether the token comes from an application credential that permits only certain requests. This service does not
     * evaluate such access rules.
     */
    static boolean hasAccessRules(JsonNode body) {
        return body.path("token").path("application_credential").hasNonNull("access_rules");
    }

    /** @throws IdentityFailure if the body does not describe a token */
    static Instant readExpiry(JsonNode body) throws IdentityFailure {
        try {
            return OffsetDateTime.parse(body.path("token").path("expires_at").asText())
                    .toInstant();
        } catch (DateTimeException e) {
            throw new IdentityFailure("its response does not contain the expiry of the token");
        }
    }
}
