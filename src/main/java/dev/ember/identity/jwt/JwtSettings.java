package dev.ember.identity.jwt;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The settings for tokens of an OpenID Connect issuer or a Kubernetes cluster, {@code EMBER_JWT_…}. */
@ConfigMapping(prefix = "ember.jwt")
public interface JwtSettings {

    /** The issuer, as in the claim {@code iss}. */
    Optional<String> issuer();

    /** The address of the issuer's keys. Without it, the discovery document of the issuer has the address. */
    Optional<String> jwksUrl();

    /** The audience that the claim {@code aud} must name. */
    Optional<String> audience();

    /** The claim with the tenant: a name, or a JSON pointer that begins with a slash. */
    @WithDefault("tenant")
    String tenantClaim();

    /** The claim with the roles: a name, or a JSON pointer that begins with a slash. */
    @WithDefault("roles")
    String rolesClaim();

    /** The roles of a token without the claim with the roles. By default there are none. */
    Optional<List<String>> defaultRoles();

    /** A file of certificates in PEM format, the only ones that are trusted then, instead of those of the system. */
    Optional<Path> caFile();

    /** How long the issuer may take to respond to a request, from sending. */
    @WithDefault("5S")
    Duration timeout();

    /** A file with the token that the service sends when it fetches keys. By default it sends none. */
    Optional<Path> bearerTokenFile();
}
