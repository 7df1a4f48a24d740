package dev.ember.config;

import dev.ember.database.JsonSql;
import dev.ember.database.Statements;
import dev.ember.paging.Row;
import dev.ember.paging.Rows;
import dev.ember.tenant.JsonLookup;
import dev.ember.tenant.JsonLookup.Reach;
import dev.ember.tenant.TenantDirectory;
import dev.ember.tenant.TenantSql;
import dev.ember.tenant.TenantStatements;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/** Reads configs as JSON that PostgreSQL renders. */
@ApplicationScoped
public class SoftwareConfigQueries {

    /** The maximum number of configs in one query. */
    private static final int BATCH_SIZE = 16;

    private static final String TIME = JsonSql.time("c.created_at");

    /** The columns that {@link #JSON} needs, with {@code size}, an upper bound of the JSON size in bytes. */
    public static final String COLUMNS = "id, name, group_name, created_at, config, inputs, outputs, options, "
            + JsonSql.size(List.of("config", "inputs", "outputs", "options"), List.of("name", "group_name"))
            + " as size";

    /** Renders a config {@code c} as it appears in responses. */
    public static final String JSON =
            """
            (select row_to_json(v)::text from (select c.id, c.name, c.group_name as "group", %s as creation_time, c.config,
             c.inputs, c.outputs, c.options) v)"""
                    .formatted(TIME);

    private static final TenantSql FIND = new TenantSql(
            """
            select wanted.number, c.id || '.0', c.size,
             case when c.size <= bound.largest then '{"software_config":' || %s || '}' end
            from unnest(?::int[], ?::text[], ?::text[], ?::text[]) as wanted (number, tenant, project, id)
            cross join (values (?::bigint)) as bound (largest)
            cross join lateral (select %s from software_config where %s and id = wanted.id offset 0) c"""
                    .formatted(JSON, COLUMNS, TenantSql.OF_TENANT));

    private static final String PAGE =
            """
            select c.id, 0, (select row_to_json(v)::text from (select c.id, c.name, c.group_name as "group",
             %s as creation_time) v)
            from software_config c where c.tenant_id = ?%%s order by c.id desc limit ?"""
                    .formatted(TIME);

    private final Statements statements;
    private final JsonLookup lookup;

    SoftwareConfigQueries(Statements statements, TenantStatements tenantStatements, TenantDirectory directory) {
        this.statements = statements;
        this.lookup = new JsonLookup(
                directory, tenantStatements, "configs", FIND, Reach.OWN_TENANT, BATCH_SIZE, (first, second) -> first);
    }

    /**
     * Returns a query for the config of a deployment {@code d}. The limit makes PostgreSQL use the index. Without it,
     * PostgreSQL reads all configs when one server has so many deployments that it expects hundreds of them for any
     * server.
     */
    public static String ofDeployment(String columns) {
        return "select " + columns + " from software_config where " + TenantSql.OF_TENANT
                + " and id = d.config_id limit 1";
    }

    JsonLookup lookup() {
        return lookup;
    }

    @PreDestroy
    void close() {
        lookup.close();
    }

    /**
     * Returns the configs of a tenant without their contents, newest first.
     *
     * @param marker the config before the first result, or null to start with the newest
     * @param limit the maximum number of configs
     */
    Rows<UUID> page(String tenantId, UUID marker, int limit) {
        List<Row<UUID>> rows = marker == null
                ? statements.query(PAGE.formatted(""), List.of(tenantId, limit), Row::read)
                : statements.query(
                        PAGE.formatted(" and c.id < ?"), List.of(tenantId, marker.toString(), limit), Row::read);
        return new Rows<>(rows, rows.size() < limit);
    }
}
