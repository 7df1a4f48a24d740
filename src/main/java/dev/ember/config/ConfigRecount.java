package dev.ember.config;

import dev.ember.database.Statements;
import dev.ember.quota.QuotaRecount;
import dev.ember.quota.Quotas;
import dev.ember.tenant.RowCount;
import jakarta.inject.Singleton;

/** Recounts the configs of tenants to correct their quota counters. */
@Singleton
final class ConfigRecount extends QuotaRecount {

    ConfigRecount(Statements statements, Quotas quotas) {
        super(statements, quotas.configs(), new RowCount(statements, "software_config", "")::of);
    }
}
