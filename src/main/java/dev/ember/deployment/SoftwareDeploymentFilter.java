package dev.ember.deployment;

import dev.ember.paging.Query;
import dev.ember.text.CanonicalUuid;

/**
 * Which deployments a list has; null lets all pass. Texts are compared exactly, a config id that is a UUID in any case.
 */
record SoftwareDeploymentFilter(String serverId, String configId, String action, DeploymentStatus status) {

    private static final int MAX_LENGTH = 255;

    static SoftwareDeploymentFilter of(Query query) {
        return new SoftwareDeploymentFilter(
                query.text("server_id", MAX_LENGTH).orElse(null),
                query.text("config_id", MAX_LENGTH)
                        .map(CanonicalUuid::inLowerCase)
                        .orElse(null),
                query.text("action", MAX_LENGTH).orElse(null),
                query.word("status", DeploymentStatus.class).orElse(null));
    }

    /**
     * The conditions in SQL, each after an "and", on members {@code wanted}. The status is part of the text, so that
     * PostgreSQL can use an index on one status.
     */
    String conditions() {
        StringBuilder conditions = new StringBuilder();
        if (serverId != null) {
            conditions.append(" and server_id = wanted.server_id");
        }
        if (configId != null) {
            conditions.append(" and config_id = wanted.config_id");
        }
        if (action != null) {
            conditions.append(" and action = wanted.action");
        }
        if (status != null) {
            conditions.append(" and status = '").append(status).append('\'');
        }
        return conditions.toString();
    }
}
