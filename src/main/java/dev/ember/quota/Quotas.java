package dev.ember.quota;

import dev.ember.fault.QuotaReached;
import dev.ember.identity.Caller;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;

/**
 * How many deployments and configs a tenant may have. What other tenants share with it does not count, and whoever
 * administers all tenants is exempt, as Heat's admins are.
 */
@ApplicationScoped
public class Quotas {

    private final Quota deployments;
    private final Quota configs;

    Quotas(QuotaSettings settings) {
        deployments =
                new Quota("software_deployment", "deployments", "EMBER_QUOTA_DEPLOYMENTS", settings.quotaDeployments());
        configs = new Quota("software_config", "configs", "EMBER_QUOTA_CONFIGS", settings.quotaConfigs());
    }

    /** Refuses a start with a setting that is none, before the database is touched. */
    void check(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent start) {}

    /** Whether there is a limit to a caller's deployments. */
    public boolean limitDeployments(Caller caller) {
        return deployments.limits(caller);
    }

    /**
     * Lets the present transaction create a deployment. Until it ends, no other creates one in the same tenant.
     *
     * @throws QuotaReached when the tenant has as many as it may
     */
    public void admitDeployment(Caller caller) {
        deployments.admit(caller);
    }

    /**
     * Lets the present transaction create a config. Until it ends, no other creates one in the same tenant.
     *
     * @throws QuotaReached when the tenant has as many as it may
     */
    public void admitConfig(Caller caller) {
        configs.admit(caller);
    }
}
