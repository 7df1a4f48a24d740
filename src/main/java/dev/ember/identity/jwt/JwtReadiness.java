package dev.ember.identity.jwt;

import io.quarkus.arc.lookup.LookupIfProperty;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Reports a replica as not ready until it has fetched the keys of the issuer. A rollout with a wrong issuer therefore
 * stops before it replaces working replicas. Later failures of the issuer do not affect readiness, because the keys are
 * still used and all replicas would fail at the same time.
 */
@Readiness
@LookupIfProperty(name = "ember.identity", stringValue = "jwt")
final class JwtReadiness implements HealthCheck {

    private final JwtAuthenticator authenticator;

    JwtReadiness(JwtAuthenticator authenticator) {
        this.authenticator = authenticator;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("Issuer keys")
                .status(authenticator.hasKeys())
                .build();
    }
}
