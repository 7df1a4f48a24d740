package dev.ember.deployment;

import dev.ember.database.JsonSql;
import dev.ember.tenant.TenantSql;
import java.util.List;

/** SQL fragments that find deployments and render them as JSON. */
public final class SoftwareDeploymentSql {

    /** An upper bound of the JSON size of a deployment in bytes, computed from its columns. */
    static final String SIZE = JsonSql.size(
            List.of("input_values", "output_values"), List.of("server_id", "config_id", "action", "status_reason"));

    /** The columns that {@link #JSON} needs, with {@code size}, an upper bound of the JSON size in bytes. */
    static final String COLUMNS =
            """
            id, server_id, config_id, action, status, status_reason, input_values, output_values, created_at, updated_at,
             version, %s as size"""
                    .formatted(SIZE);

    /** Renders a deployment {@code d} as it appears in responses. */
    static final String JSON =
            """
            (select row_to_json(v)::text from (select d.id, d.server_id, d.config_id, d.action, d.status, d.status_reason,
             d.input_values, d.output_values, %s as creation_time, %s as updated_time) v)"""
                    .formatted(JsonSql.time("d.created_at"), JsonSql.time("d.updated_at"));

    /** Renders the response body with one deployment {@code d}. */
    static final String IN_ENVELOPE = "'{\"software_deployment\":' || " + JSON + " || '}'";

    /**
     * Assigns the columns that contain the status of a deployment {@code d} at its creation, as part of its first
     * update. Later updates do not change them.
     */
    public static final String SET_CREATED =
            """
            created_status = case when d.version = 0 then d.status else d.created_status end,
             created_status_reason = case when d.version = 0 then d.status_reason else d.created_status_reason end""";

    /** Selects the deployments to the server {@code wanted.id}, with columns that one index has. */
    public static final String OF_SERVER = ofServer("id, tenant_id, config_id, run");

    /** Selects columns of the deployments to the server {@code wanted.id}. */
    public static String ofServer(String columns) {
        return "select " + columns + " from software_deployment where " + TenantSql.VISIBLE
                + " and server_id = wanted.id offset 0";
    }

    private SoftwareDeploymentSql() {}
}
