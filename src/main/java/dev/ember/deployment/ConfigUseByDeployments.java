package dev.ember.deployment;

import dev.ember.config.ConfigUse;
import dev.ember.database.Statements;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/** Finds out whether a deployment refers to a config. */
@ApplicationScoped
class ConfigUseByDeployments implements ConfigUse {

    private static final String FIND =
            "select 1 from software_deployment where tenant_id = ? and config_id = ? limit 1";

    private final Statements statements;

    ConfigUseByDeployments(Statements statements) {
        this.statements = statements;
    }

    @Override
    public boolean isInUse(String tenantId, UUID configId) {
        return !statements
                .query(FIND, List.of(tenantId, configId.toString()), row -> true)
                .isEmpty();
    }
}
