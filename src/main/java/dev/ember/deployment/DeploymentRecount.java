package dev.ember.deployment;

import dev.ember.database.Statements;
import dev.ember.quota.QuotaRecount;
import dev.ember.quota.Quotas;
import dev.ember.tenant.RowCount;
import jakarta.inject.Singleton;
import java.util.UUID;

/** Recounts the deployments of tenants to correct their quota counters. */
@Singleton
final class DeploymentRecount extends QuotaRecount {

    DeploymentRecount(Statements statements, Quotas quotas) {
        super(statements, quotas.deployments(), new RowCount(statements, "software_deployment", new UUID(0, 0))::of);
    }
}
