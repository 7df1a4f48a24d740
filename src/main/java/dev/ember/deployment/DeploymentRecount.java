package dev.ember.deployment;

import dev.ember.database.Statements;
import dev.ember.quota.QuotaRecount;
import dev.ember.quota.Quotas;
import jakarta.inject.Singleton;

/** Counts the deployments of tenants again. */
@Singleton
final class DeploymentRecount extends QuotaRecount {

    DeploymentRecount(Statements statements, Quotas quotas) {
        super(statements, quotas.deployments(), SoftwareDeployment::countOf);
    }
}
