package dev.ember.deployment;

import dev.ember.config.SoftwareConfigQueries;
import dev.ember.database.BatchTransactions;
import dev.ember.database.Batcher;
import dev.ember.database.JsonSql;
import dev.ember.database.SqlArray;
import dev.ember.deployment.Signal.Outcome;
import dev.ember.deployment.Signal.Report;
import dev.ember.deployment.Signal.Stored;
import dev.ember.tenant.BatchItem;
import dev.ember.tenant.JsonLookup;
import dev.ember.tenant.TenantSql;
import dev.ember.tenant.TenantStatements;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * Stores the reports of agents in batches: concurrent signals share one transaction. A signal changes a deployment that
 * is in progress, in the run that the signal belongs to, and nothing else.
 */
@ApplicationScoped
public class SoftwareDeploymentSignals {

    private static final int BATCH = 128;

    /** The values of before only when they are small. */
    private static final TenantSql READ = new TenantSql(
            """
            select wanted.number, d.status, d.run, d.version, d.size,
             case when d.size <= %d then d.output_values::text end, c.outputs::text
            from unnest(?::int[], ?::text[], ?::text[], ?::uuid[]) as wanted (number, tenant, project, id)
            cross join lateral (
                select status, run, version, config_id, output_values, %s as size
                from software_deployment where %s and id = wanted.id offset 0) d
            left join lateral (%s) c on true"""
                    .formatted(
                            JsonLookup.SMALL,
                            JsonSql.size(List.of("output_values"), List.of()),
                            TenantSql.OF_TENANT,
                            SoftwareConfigQueries.ofDeployment("outputs")));

    private static final TenantSql READ_OUTPUT_VALUES = new TenantSql(
            """
            select d.output_values::text
            from unnest(?::int[], ?::text[], ?::text[], ?::uuid[]) as wanted (number, tenant, project, id)
            cross join lateral (select output_values from software_deployment where %s and id = wanted.id offset 0) d"""
                    .formatted(TenantSql.OF_TENANT));

    private static final String UPDATE =
            """
            update software_deployment d
            set status = wanted.status, status_reason = wanted.status_reason,
             output_values = wanted.output_values::json, updated_at = current.time, version = d.version + 1,
             %s
            from unnest(?::int[], ?::text[], ?::text[], ?::uuid[], ?::int[], ?::text[], ?::text[], ?::text[],
             ?::text[], ?::uuid[])
             as wanted (number, tenant, project, id, version, status, status_reason, output_values, user_id, request_id)
            cross join (values (?::timestamptz)) as current (time)
            where d.%s and d.id = wanted.id and d.version = wanted.version"""
                    .formatted(SoftwareDeploymentSql.SET_CREATED, TenantSql.OF_TENANT);

    private static final TenantSql UPDATE_AND_EVENTS = new TenantSql(DeploymentEvents.update(
            EventType.SIGNALLED, UPDATE, "wanted.number, wanted.user_id, wanted.request_id", "number"));

    private final TenantStatements statements;
    private final DeploymentChangeLog log;
    private final DeploymentMetrics metrics;
    private final Batcher<Signal, Outcome> signals;

    SoftwareDeploymentSignals(
            BatchTransactions transactions,
            TenantStatements statements,
            DeploymentChangeLog log,
            DeploymentMetrics metrics) {
        this.statements = statements;
        this.log = log;
        this.metrics = metrics;
        this.signals = new Batcher<>(
                "deployment-signals",
                BATCH,
                signal -> statements.shard(signal.tenantId()),
                (batch, lockWait) -> transactions.run(lockWait, () -> store(batch)));
    }

    @PreDestroy
    void close() {
        signals.close();
    }

    /** Stores a report. It is durable when the outcome is there. */
    public CompletionStage<Outcome> store(Signal signal) {
        return signals.add(signal).thenApply(outcome -> {
            metrics.stored(outcome.status());
            return outcome;
        });
    }

    /** What is stored of a deployment, and the version that it has. */
    private record Row(
            BatchItem<Signal> item, DeploymentStatus status, int run, int version, long size, Stored stored) {

        boolean accepts() {
            return status == DeploymentStatus.IN_PROGRESS && run == item.value().run();
        }
    }

    private record Reported(Row row, Report report) {

        Outcome outcome() {
            return report.status() == DeploymentStatus.COMPLETE ? Outcome.COMPLETE : Outcome.FAILED;
        }
    }

    private List<Outcome> store(List<Signal> batch) {
        List<Outcome> outcomes = new ArrayList<>(Collections.nCopies(batch.size(), null));
        List<BatchItem<Signal>> left = BatchItem.ofTenants(batch, Signal::tenantId);
        // A row whose version has changed since it was read is read again. So is a row with several signals.
        while (!left.isEmpty()) {
            store(left, outcomes);
            left.removeIf(item -> outcomes.get(item.number()) != null);
        }
        return outcomes;
    }

    private void store(List<BatchItem<Signal>> items, List<Outcome> outcomes) {
        items.forEach(item -> outcomes.set(item.number(), Outcome.NOT_FOUND));
        List<Reported> reported = new ArrayList<>();
        Set<SoftwareDeployment.Key> rows = new HashSet<>();
        for (Row row : read(items)) {
            outcomes.set(row.item.number(), row.accepts() ? null : Outcome.IGNORED);
            if (row.accepts() && rows.add(row.item.value().row())) {
                reported.add(report(row));
            }
        }
        update(reported).forEach(stored -> outcomes.set(stored.row.item.number(), stored.outcome()));
    }

    private List<Row> read(List<BatchItem<Signal>> items) {
        Map<Integer, BatchItem<Signal>> byNumber = new HashMap<>();
        items.forEach(item -> byNumber.put(item.number(), item));
        return statements.query(
                READ,
                items,
                SoftwareDeploymentSignals::ids,
                row -> new Row(
                        byNumber.get(row.getInt(1)),
                        DeploymentStatus.valueOf(row.getString(2)),
                        row.getInt(3),
                        row.getInt(4),
                        row.getLong(5),
                        new Stored(row.getString(7), row.getString(6))));
    }

    private Reported report(Row row) {
        Stored stored = row.stored;
        if (row.size > JsonLookup.SMALL) {
            row.item.value().memory().acquire(row.size);
            String values = statements
                    .query(
                            READ_OUTPUT_VALUES,
                            List.of(row.item),
                            SoftwareDeploymentSignals::ids,
                            one -> one.getString(1))
                    .get(0);
            stored = new Stored(stored.outputs(), values);
        }
        return new Reported(row, row.item.value().report().apply(stored));
    }

    private List<Reported> update(List<Reported> reported) {
        List<BatchItem<Reported>> items = new ArrayList<>();
        for (Reported one : reported) {
            items.add(new BatchItem<>(items.size(), one.row.item.scope(), one));
        }
        List<Reported> stored = statements.query(
                UPDATE_AND_EVENTS, items, SoftwareDeploymentSignals::parameters, row -> reported.get(row.getInt(1)));
        log.updated(stored.stream().map(one -> one.row.item.value().row()).toList());
        return stored;
    }

    private static List<Object> ids(List<BatchItem<Signal>> items) {
        return List.of(SqlArray.of("uuid", items, item -> item.value().id()));
    }

    private static List<Object> parameters(List<BatchItem<Reported>> items) {
        return List.of(
                SqlArray.of("uuid", items, item -> item.value().row.item.value().id()),
                SqlArray.of("int4", items, item -> item.value().row.version),
                SqlArray.of("text", items, item -> item.value().report.status().name()),
                SqlArray.of("text", items, item -> item.value().report.statusReason()),
                SqlArray.of("text", items, item -> item.value().report.outputValues()),
                SqlArray.of("text", items, item -> origin(item).userId()),
                SqlArray.of("uuid", items, item -> origin(item).requestId()),
                OffsetDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.MICROS));
    }

    private static Origin origin(BatchItem<Reported> item) {
        return item.value().row.item.value().origin();
    }
}
