package dev.ember.identity.jwt;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ember.identity.Authorization;
import dev.ember.identity.InvalidToken;
import dev.ember.identity.Principal;
import dev.ember.policy.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Maps the claims of a token to a principal.
 *
 * @param tenant the claim with the tenant
 * @param roles the claim with the roles
 * @param defaultRoles the roles of a token without the claim with the roles
 */
record ClaimMapping(Claim tenant, Claim roles, Set<Role> defaultRoles) {

    private static final Pattern TENANT = Pattern.compile(Authorization.TENANT);

    /** Text that the database can store and that an audit line can show. OpenID Connect has the same length. */
    private static final Pattern SUBJECT = Pattern.compile("\\P{C}{1,255}");

    static ClaimMapping of(JwtSettings settings) {
        return new ClaimMapping(
                Claim.of(settings.tenantClaim()),
                Claim.of(settings.rolesClaim()),
                Role.named(settings.defaultRoles().orElse(List.of())));
    }

    /** @throws InvalidToken if the token does not name its subject */
    Principal map(JsonNode claims) throws InvalidToken {
        String subject = claims.path("sub").textValue();
        if (subject == null || !SUBJECT.matcher(subject).matches()) {
            throw new InvalidToken("The claim sub must be 1 to 255 printable characters");
        }
        return new Principal(subject, tenant(claims), roles(claims), false);
    }

    /** The tenant, or null if the claim is missing or is no valid tenant. The principal then has no project. */
    private String tenant(JsonNode claims) {
        String text = tenant.in(claims).textValue();
        return text != null && TENANT.matcher(text).matches() ? text : null;
    }

    /** The roles in an array or in a text with spaces between them. A claim of another type has no roles. */
    private Set<Role> roles(JsonNode claims) {
        JsonNode claim = roles.in(claims);
        if (claim.isMissingNode()) {
            return defaultRoles;
        }
        if (claim.isTextual()) {
            return Role.named(List.of(claim.textValue().split(" ")));
        }
        List<String> names = new ArrayList<>();
        if (claim.isArray()) {
            claim.forEach(name -> names.add(name.isTextual() ? name.textValue() : ""));
        }
        return Role.named(names);
    }
}
