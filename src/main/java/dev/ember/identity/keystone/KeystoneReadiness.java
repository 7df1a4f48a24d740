package dev.ember.identity.keystone;

import io.quarkus.arc.lookup.LookupIfProperty;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Reports a replica as not ready until Keystone has issued its first service token. A rollout with wrong credentials
 * therefore stops before it replaces working replicas. Later failures of Keystone do not affect readiness, because
 * cached tokens are still accepted and all replicas would fail at the same time.
 */
@Readiness
@LookupIfProperty(name = "ember.identity", stringValue = "keystone")
final class KeystoneReadiness implements HealthCheck {

    private final KeystoneClient keystone;

    KeystoneReadiness(KeystoneClient keystone) {
        this.keystone = keystone;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("Keystone credentials")
                .status(keystone.hasAuthenticated())
                .build();
    }
}
