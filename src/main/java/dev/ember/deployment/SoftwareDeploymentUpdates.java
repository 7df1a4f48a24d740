package dev.ember.deployment;

import dev.ember.config.ConfigReferences;
import dev.ember.config.ConfigReferences.Reference;
import dev.ember.database.BatchTooLarge;
import dev.ember.database.SqlArray;
import dev.ember.tenant.BatchItem;
import dev.ember.tenant.JsonLookup;
import dev.ember.tenant.JsonLookup.Found;
import dev.ember.tenant.TenantSql;
import dev.ember.tenant.TenantStatements;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Updates the rows of a batch with one statement. */
@ApplicationScoped
class SoftwareDeploymentUpdates {

    /** Whether an update changes what an agent runs, or starts a finished deployment again. */
    private static final String STARTS_AGAIN =
            """
            wanted.new_config_id <> d.config_id or wanted.new_action <> d.action
             or wanted.new_input_values is not null and d.input_values::text is distinct from wanted.new_input_values
             or wanted.new_status = 'IN_PROGRESS' and d.status <> 'IN_PROGRESS'""";

    /**
     * The next run. An agent runs each run once, and may have done so with runs that the restore of an older state has
     * undone. {@code deploy/postgresql/restored.sql} adds a million to each version. So a later run gets a number that
     * no lost run had.
     */
    private static final String NEXT_RUN = "greatest(d.run, d.version / 1000000 * 1000000) + 1";

    /**
     * Only the own project of the tenant may change the config of a deployment. Otherwise, the project of a stack user
     * could read any config of the tenant.
     */
    private static final String UPDATE =
            """
            update software_deployment d
            set config_id = coalesce(wanted.new_config_id, d.config_id), action = coalesce(wanted.new_action, d.action),
             status = coalesce(wanted.new_status, d.status),
             status_reason = coalesce(wanted.new_status_reason, d.status_reason),
             input_values = coalesce(wanted.new_input_values::json, d.input_values),
             output_values = coalesce(wanted.new_output_values::json, d.output_values),
             updated_at = present.time, version = d.version + 1, run = case when %3$s then %4$s else d.run end,
             %5$s
            from unnest(?::int[], ?::text[], ?::text[], %1$s, ?::boolean[], ?::text[], ?::text[], ?::text[], ?::text[],
             ?::text[], ?::text[], ?::text[], ?::uuid[])
             as wanted (number, tenant, project, id, tags, may_change_config, new_config_id, new_action, new_status,
              new_status_reason, new_input_values, new_output_values, user_id, request_id)
            cross join (values (?::timestamptz)) as present (time)
            where %2$s
             and (wanted.new_config_id is null or wanted.may_change_config or wanted.new_config_id = d.config_id)"""
                    .formatted(
                            ChangeCondition.ARRAYS,
                            ChangeCondition.MATCHES,
                            STARTS_AGAIN,
                            NEXT_RUN,
                            SoftwareDeploymentSql.SET_CREATED);

    private static final String RETURNED =
            """
            wanted.number, wanted.user_id, wanted.request_id, %1$s as size, case when %1$s <= %2$d then %3$s end as json"""
                    .formatted(SoftwareDeploymentSql.SIZE, JsonLookup.SMALL, SoftwareDeploymentSql.IN_ENVELOPE);

    private static final TenantSql UPDATE_AND_EVENTS = new TenantSql(
            DeploymentEvents.update(EventType.UPDATED, UPDATE, RETURNED, "number, id || '.' || version, size, json"));

    private static final TenantSql READ = new TenantSql(
            """
            select %s from unnest(?::int[], ?::text[], ?::text[], ?::uuid[]) as wanted (number, tenant, project, id)
            cross join lateral (select %s from software_deployment where %s and id = wanted.id offset 0) d"""
                    .formatted(SoftwareDeploymentSql.IN_ENVELOPE, SoftwareDeploymentSql.COLUMNS, TenantSql.OF_TENANT));

    private final TenantStatements statements;
    private final ConfigReferences references;
    private final DeploymentChangeLog log;

    SoftwareDeploymentUpdates(TenantStatements statements, ConfigReferences references, DeploymentChangeLog log) {
        this.statements = statements;
        this.references = references;
        this.log = log;
    }

    /**
     * Updates rows in the current transaction, stores their events, and tells the clients that wait for a change.
     *
     * @param items changes of different rows
     * @param isAlone whether the transaction serves no other change; large deployments are only read then
     * @return the updated deployments by item number; items that changed no row are left out
     * @throws dev.ember.fault.Unavailable when the memory budget is used up; the caller must roll back the transaction
     * @throws BatchTooLarge when a deployment is large and the transaction serves other changes too
     */
    Map<Integer, Found> update(List<BatchItem<Change>> items, boolean isAlone) {
        Set<Reference> valid = references.lock(newReferences(items));
        Map<Integer, Found> updated = new HashMap<>();
        statements.query(
                UPDATE_AND_EVENTS,
                items,
                batchItems -> parameters(batchItems, valid),
                row -> updated.put(row.getInt(1), new Found(row.getString(2), row.getLong(3), row.getBytes(4))));
        if (!isAlone && updated.values().stream().anyMatch(found -> found.json() == null)) {
            throw new BatchTooLarge();
        }
        log.updated(items.stream()
                .filter(item -> updated.containsKey(item.number()))
                .map(item -> item.value().key())
                .toList());
        for (BatchItem<Change> item : items) {
            updated.computeIfPresent(
                    item.number(), (number, found) -> found.json() == null ? read(item, found) : found);
        }
        return updated;
    }

    private static Set<Reference> newReferences(List<BatchItem<Change>> items) {
        Set<Reference> references = new HashSet<>();
        for (BatchItem<Change> item : items) {
            if (item.scope().isOwn() && item.value().update().configId() != null) {
                references.add(reference(item));
            }
        }
        return references;
    }

    private static Reference reference(BatchItem<Change> item) {
        return new Reference(item.scope().tenant(), item.value().update().configId());
    }

    private static List<Object> parameters(List<BatchItem<Change>> items, Set<Reference> valid) {
        List<Object> parameters = new ArrayList<>(ChangeCondition.parameters(items));
        parameters.add(SqlArray.of("bool", items, item -> item.scope().isOwn() && valid.contains(reference(item))));
        for (Function<SoftwareDeploymentUpdate, String> column : SoftwareDeploymentUpdate.COLUMNS) {
            parameters.add(
                    SqlArray.of("text", items, item -> column.apply(item.value().update())));
        }
        parameters.add(SqlArray.of("text", items, item -> item.value().origin().userId()));
        parameters.add(SqlArray.of("uuid", items, item -> item.value().origin().requestId()));
        parameters.add(OffsetDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.MICROS));
        return parameters;
    }

    /** Reads a large deployment in a separate query, after the request has acquired memory for it. */
    private Found read(BatchItem<Change> item, Found updated) {
        item.value().memory().acquire(updated.size());
        byte[] json = statements
                .query(
                        READ,
                        List.of(item),
                        batchItems -> List.of(SqlArray.of(
                                "uuid", batchItems, single -> single.value().id())),
                        row -> row.getBytes(1))
                .get(0);
        return new Found(updated.tag(), updated.size(), json);
    }
}
