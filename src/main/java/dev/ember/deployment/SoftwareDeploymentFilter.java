package dev.ember.deployment;

import dev.ember.paging.Query;
import dev.ember.uuid.CanonicalUuid;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which deployments a list is to hold; null lets all through. Texts are compared exactly, a config id that is a UUID in
 * any case.
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
     * The filter as conditions in SQL, each after an "and".
     *
     * @param values gets the value of each condition
     */
    String conditions(List<Object> values) {
        StringBuilder conditions = new StringBuilder();
        fields().forEach((column, value) -> {
            if (value != null) {
                conditions.append(" and ").append(column).append(" = ?");
                values.add(value);
            }
        });
        return conditions.toString();
    }

    private Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("server_id", serverId);
        fields.put("config_id", configId);
        fields.put("action", action);
        fields.put("status", status == null ? null : status.name());
        return fields;
    }
}
