package dev.ember.quota;

import jakarta.enterprise.context.ApplicationScoped;

/**
 * The quotas of a tenant. Deployments of other tenants that name the tenant as the project of the stack user do not
 * count. Administrators of all tenants are exempt, as in Heat.
 */
@ApplicationScoped
public class Quotas {

    private final Quota deployments;
    private final Quota configs;

    Quotas(QuotaSettings settings) {
        deployments = new Quota("deployments", settings.quotaDeployments());
        configs = new Quota("configs", settings.quotaConfigs());
    }

    public Quota deployments() {
        return deployments;
    }

    public Quota configs() {
        return configs;
    }
}
