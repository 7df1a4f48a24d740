package dev.ember.deployment;

import dev.ember.database.JsonLookup;
import dev.ember.database.JsonLookup.Found;
import dev.ember.database.JsonSql;
import dev.ember.database.Statements;
import dev.ember.fault.Unavailable;
import dev.ember.limits.RequestMemory;
import dev.ember.paging.Row;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.SessionFactory;

/** Reads deployments as JSON. */
@ApplicationScoped
class SoftwareDeploymentQueries {

    /** The most deployments of a query. */
    private static final int BATCH = 16;

    private static final String SIZE = JsonSql.size(
            List.of("input_values", "output_values"), List.of("server_id", "config_id", "action", "status_reason"));

    private static final String COLUMNS =
            """
            id, server_id, config_id, action, status, status_reason, input_values, output_values, created_at, updated_at,
             version, %s as size"""
                    .formatted(SIZE);

    /** A deployment {@code d} as clients see it. */
    private static final String JSON =
            """
            (select row_to_json(v)::text from (select d.id, d.server_id, d.config_id, d.action, d.status, d.status_reason,
             d.input_values, d.output_values, %s as creation_time, %s as updated_time) v)"""
                    .formatted(JsonSql.time("d.created_at"), JsonSql.time("d.updated_at"));

    private static final String IN_ENVELOPE = "'{\"software_deployment\":' || " + JSON + " || '}'";

    private static final String FIND =
            """
            select wanted.number, d.id || '.' || d.version, d.size, case when d.size <= bound.largest then %s end
            from unnest(?::text[], ?::text[]) with ordinality as wanted (project, id, number)
            cross join (values (?::bigint)) as bound (largest)
            cross join lateral (
                select %s from software_deployment
                where id = wanted.id::uuid and (tenant_id = wanted.project or stack_user_project_id = wanted.project)) d"""
                    .formatted(IN_ENVELOPE, COLUMNS);

    /** Each of the two ways to see a deployment has an index, and no more than the limit is read of either. */
    private static final String PAGE =
            """
            select id, size, case when size <= ? then %1$s end from (
                select v.*, sum(size) over (order by id) - size as before from (
                    (select %2$s from software_deployment where tenant_id = ?%3$s order by id limit ?)
                    union all
                    (select %2$s from software_deployment where stack_user_project_id = ? and tenant_id <> ?%3$s
                     order by id limit ?)
                    order by id limit ?) v) d
            where before < ? order by id""";

    private static final String LOCK =
            """
            select tenant_id, config_id, version from software_deployment
            where id = ? and (tenant_id = ? or stack_user_project_id = ?) for update""";

    private static final String UPDATE =
            """
            update software_deployment d
            set config_id = coalesce(?, config_id), action = coalesce(?, action), status = coalesce(?, status),
             status_reason = coalesce(?, status_reason), input_values = coalesce(?::json, input_values),
             output_values = coalesce(?::json, output_values), updated_at = ?, version = version + 1
            where id = ?
            returning d.id || '.' || d.version, %2$s, case when %2$s <= ? then %1$s end"""
                    .formatted(IN_ENVELOPE, SIZE);

    private static final String READ = "select " + IN_ENVELOPE + " from software_deployment d where id = ?";

    private final Statements statements;
    private final JsonLookup lookup;

    SoftwareDeploymentQueries(Statements statements, SessionFactory sessions) {
        this.statements = statements;
        this.lookup = new JsonLookup(sessions, "deployments", FIND, BATCH);
    }

    JsonLookup lookup() {
        return lookup;
    }

    @PreDestroy
    void close() {
        lookup.close();
    }

    /**
     * The deployments that a project sees, oldest first.
     *
     * @param marker the deployment after which to begin, or null for the oldest
     * @param limit the most deployments that are read
     * @param bytes the size from which on no more are read; JSON that is larger is left out
     */
    List<Row> page(String project, SoftwareDeploymentFilter filter, UUID marker, int limit, int bytes) {
        List<Object> values = new ArrayList<>();
        String conditions = filter.conditions(values);
        if (marker != null) {
            conditions += " and id > ?";
            values.add(marker);
        }
        List<Object> parameters = new ArrayList<>(List.of(bytes, project));
        parameters.addAll(values);
        parameters.addAll(List.of(limit, project, project));
        parameters.addAll(values);
        parameters.addAll(List.of(limit, limit, bytes));
        return statements.query(PAGE.formatted(JSON, COLUMNS, conditions), parameters, Row::read);
    }

    /** A deployment that a project sees, locked until the transaction ends. */
    Optional<Locked> lock(String project, UUID id) {
        return statements
                .query(
                        LOCK,
                        List.of(id, project, project),
                        row -> new Locked(row.getString(1), row.getString(2), row.getInt(3)))
                .stream()
                .findFirst();
    }

    /**
     * What of a locked deployment an update depends on.
     *
     * @param version how often the deployment was changed
     */
    record Locked(String tenantId, String configId, int version) {}

    /**
     * Updates a locked deployment.
     *
     * @param memory of the request, which acquires what the deployment takes
     * @return the deployment as it is now, with its JSON
     * @throws Unavailable when the memory budget is used up
     */
    Found update(UUID id, SoftwareDeploymentUpdate update, RequestMemory memory) {
        List<Object> parameters = new ArrayList<>(update.values());
        parameters.addAll(
                List.of(OffsetDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.MICROS), id, JsonLookup.SMALL));
        Found updated = statements
                .query(UPDATE, parameters, row -> new Found(row.getString(1), row.getLong(2), row.getBytes(3)))
                .get(0);
        if (updated.json() != null) {
            return updated;
        }
        memory.acquire(updated.size());
        byte[] json =
                statements.query(READ, List.of(id), row -> row.getBytes(1)).get(0);
        return new Found(updated.tag(), updated.size(), json);
    }
}
