package dev.ember.quota;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;

/**
 * The quotas of a tenant. Deployments of other tenants that name the tenant as the project of the stack user do not
 * count. Administrators of all tenants are exempt, as in Heat.
 */
@ApplicationScoped
public class Quotas {

    private final Quota deployments;
    private final Quota configs;

    Quotas(QuotaSettings settings) {
        deployments = new Quota("deployments", "EMBER_QUOTA_DEPLOYMENTS", settings.quotaDeployments());
        configs = new Quota("configs", "EMBER_QUOTA_CONFIGS", settings.quotaConfigs());
    }

    /** Validates the settings at startup, before the database is used. */
    void check(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent start) {}

    public Quota deployments() {
        return deployments;
    }

    public Quota configs() {
        return configs;
    }
}
