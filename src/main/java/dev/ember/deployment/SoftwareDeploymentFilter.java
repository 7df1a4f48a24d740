package dev.ember.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ember.paging.Query;
import dev.ember.text.CanonicalUuid;

/**
 * The filter of a list of deployments. A null component matches all deployments. Text is compared exactly, except that
 * a config id that is a UUID matches in either case.
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

    /** Returns whether an update can make a deployment match, or no longer match. */
    boolean canChange() {
        return configId != null || action != null || status != null;
    }

    /** Returns whether a deployment matches. */
    boolean matches(JsonNode deployment) {
        return matches(serverId, deployment.path("server_id"))
                && matches(configId, deployment.path("config_id"))
                && matches(action, deployment.path("action"))
                && (status == null || matches(status.name(), deployment.path("status")));
    }

    private static boolean matches(String wanted, JsonNode value) {
        return wanted == null || wanted.equals(value.textValue());
    }

    /**
     * Returns the SQL conditions, each preceded by "and", on a batch item {@code wanted}. The status is part of the SQL
     * text and not a parameter, so PostgreSQL can use an index for one status.
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
