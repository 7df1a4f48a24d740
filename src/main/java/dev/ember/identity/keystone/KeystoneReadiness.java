package dev.ember.identity.keystone;

import io.quarkus.arc.lookup.LookupIfProperty;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Reports a replica as not ready until Keystone has issued its first service token, so that a rollout with wrong
 * credentials stops before it replaces replicas that work. Later failures of Keystone do not matter here: cached tokens
 * are still served, and every replica would fail at the same time.
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
