package dev.ember.deployment;

import dev.ember.database.BatchTransactions;
import dev.ember.database.Batcher;
import dev.ember.database.SqlArray;
import dev.ember.etag.EntityTag;
import dev.ember.fault.Fault;
import dev.ember.fault.InvalidData;
import dev.ember.fault.PreconditionFailed;
import dev.ember.quota.QuotaUsage;
import dev.ember.quota.Quotas;
import dev.ember.tenant.BatchItem;
import dev.ember.tenant.JsonLookup.Found;
import dev.ember.tenant.Scope;
import dev.ember.tenant.TenantDirectory;
import dev.ember.tenant.TenantSql;
import dev.ember.tenant.TenantStatements;
import dev.ember.watch.DeploymentChange;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Updates and deletes deployments in batches. Concurrent changes share one transaction.
 *
 * <p>A change is first tried in the own tenant of the project. If the deployment is not found there, the change is
 * tried in the other tenants that the project sees.
 */
@ApplicationScoped
class SoftwareDeploymentChanges {

    private static final int BATCH_SIZE = 128;

    private static final TenantSql DELETE = new TenantSql(
            """
            delete from software_deployment d
            using unnest(?::int[], ?::text[], ?::text[], %s) as wanted (number, tenant, project, id, tags)
            where %s returning wanted.number, d.stack_user_project_id, d.server_id"""
                    .formatted(ChangeCondition.ARRAYS, ChangeCondition.MATCHES));

    /** Reads the stored version of deployments that a batch did not change. */
    private static final TenantSql FIND = new TenantSql(
            """
            select wanted.number, d.id || '.' || d.version, d.config_id
            from unnest(?::int[], ?::text[], ?::text[], ?::uuid[]) as wanted (number, tenant, project, id)
            cross join lateral (select id, version, config_id from software_deployment where %s and id = wanted.id offset 0) d"""
                    .formatted(TenantSql.VISIBLE));

    private final TenantDirectory directory;
    private final TenantStatements statements;
    private final SoftwareDeploymentUpdates updates;
    private final DeploymentEvents events;
    private final Quotas quotas;
    private final QuotaUsage usage;
    private final DeploymentMetrics metrics;
    private final Batcher<Change, Result> updating;
    private final Batcher<Change, Result> deleting;

    SoftwareDeploymentChanges(
            BatchTransactions transactions,
            TenantDirectory directory,
            TenantStatements statements,
            SoftwareDeploymentUpdates updates,
            DeploymentEvents events,
            Quotas quotas,
            QuotaUsage usage,
            DeploymentMetrics metrics) {
        this.directory = directory;
        this.statements = statements;
        this.updates = updates;
        this.events = events;
        this.quotas = quotas;
        this.usage = usage;
        this.metrics = metrics;
        this.updating = new Batcher<>(
                "deployment-updates",
                BATCH_SIZE,
                change -> statements.shard(change.scope().tenant()),
                (batch, lockWait) -> transactions.run(lockWait, () -> update(batch)));
        this.deleting = new Batcher<>(
                "deployment-deletes",
                BATCH_SIZE,
                change -> statements.shard(change.scope().tenant()),
                (batch, lockWait) -> transactions.run(lockWait, () -> delete(batch)));
    }

    @PreDestroy
    void close() {
        updating.close();
        deleting.close();
    }

    /**
     * The result of a change.
     *
     * @param found the changed deployment; it has no JSON after a deletion. Empty when the deployment was not found or
     *     not changed
     * @param fault the reason why the deployment was not changed; null when it was changed or not found
     */
    record Result(Optional<Found> found, Fault fault) {

        static final Result NOT_FOUND = new Result(Optional.empty(), null);

        static Result of(Found found) {
            return new Result(Optional.of(found), null);
        }

        static Result failed(Fault fault) {
            return new Result(Optional.empty(), fault);
        }
    }

    /**
     * Applies a change. The change is durable when the returned stage completes.
     *
     * @param project the caller's project
     * @return the changed deployment; empty when the project sees no deployment with the id; fails with a {@link Fault}
     *     when the deployment was not changed
     */
    CompletionStage<Optional<Found>> apply(String project, Change change) {
        return change.update() == null
                ? apply(deleting, project, change)
                : apply(updating, project, change).thenApply(updated -> {
                    updated.ifPresent(found -> metrics.stored(change.update().status()));
                    return updated;
                });
    }

    private CompletionStage<Optional<Found>> apply(Batcher<Change, Result> batcher, String project, Change change) {
        return batcher.add(change)
                .thenCompose(result -> result == Result.NOT_FOUND
                        ? directory
                                .otherTenants(project)
                                .thenCompose(scopes -> applyInScopes(batcher, change, scopes.iterator()))
                        : toStage(result));
    }

    private static CompletionStage<Optional<Found>> applyInScopes(
            Batcher<Change, Result> batcher, Change change, Iterator<Scope> scopes) {
        return scopes.hasNext()
                ? batcher.add(change.inScope(scopes.next()))
                        .thenCompose(result ->
                                result == Result.NOT_FOUND ? applyInScopes(batcher, change, scopes) : toStage(result))
                : CompletableFuture.completedStage(Optional.empty());
    }

    private static CompletionStage<Optional<Found>> toStage(Result result) {
        return result.fault() == null
                ? CompletableFuture.completedStage(result.found())
                : CompletableFuture.failedStage(result.fault());
    }

    private List<Result> update(List<Change> batch) {
        Map<Integer, Result> results = new HashMap<>();
        List<BatchItem<Change>> remaining = items(batch);
        // A statement can update a row only once. Further changes of the same row need further statements.
        while (!remaining.isEmpty()) {
            List<BatchItem<Change>> next = firstOfEachDeployment(remaining);
            updates.update(next, batch.size() == 1).forEach((number, found) -> results.put(number, Result.of(found)));
            addFaults(next, results);
            remaining.removeAll(next);
        }
        return orderedResults(batch, results);
    }

    private List<Result> delete(List<Change> batch) {
        Map<Integer, Result> results = new HashMap<>();
        List<BatchItem<Change>> all = items(batch);
        List<BatchItem<Change>> next = firstOfEachDeployment(all);
        List<DeploymentChange> deletions = new ArrayList<>();
        Map<String, Integer> deleted = new HashMap<>();
        statements.query(DELETE, next, ChangeCondition::parameters, row -> {
            int number = row.getInt(1);
            SoftwareDeployment.Key key = batch.get(number).key();
            deletions.add(new DeploymentChange(key.tenantId(), row.getString(2), row.getString(3), key.id()));
            deleted.merge(key.tenantId(), 1, Integer::sum);
            return results.put(number, Result.of(new Found("", 0, null)));
        });
        events.delete(deletions);
        usage.subtract(quotas.deployments(), deleted, SoftwareDeployment::countOf);
        addFaults(all, results);
        return orderedResults(batch, results);
    }

    private static List<BatchItem<Change>> items(List<Change> batch) {
        List<BatchItem<Change>> items = new ArrayList<>();
        for (Change change : batch) {
            items.add(new BatchItem<>(items.size(), change.scope(), change));
        }
        return items;
    }

    private static List<BatchItem<Change>> firstOfEachDeployment(List<BatchItem<Change>> items) {
        Set<SoftwareDeployment.Key> keys = new HashSet<>();
        return items.stream().filter(item -> keys.add(item.value().key())).toList();
    }

    /** Adds the faults of items that changed no row although their deployment exists. */
    private void addFaults(List<BatchItem<Change>> items, Map<Integer, Result> results) {
        List<BatchItem<Change>> unchanged = items.stream()
                .filter(item -> !results.containsKey(item.number()))
                .toList();
        Map<Integer, BatchItem<Change>> byNumber = new HashMap<>();
        unchanged.forEach(item -> byNumber.put(item.number(), item));
        statements.query(
                FIND,
                unchanged,
                batchItems -> List.of(
                        SqlArray.of("uuid", batchItems, item -> item.value().id())),
                row -> results.put(
                        row.getInt(1),
                        Result.failed(fault(
                                byNumber.get(row.getInt(1)).value(),
                                new EntityTag(row.getString(2)),
                                row.getString(3)))));
    }

    /**
     * Returns the reason why a deployment was not changed. The row may have changed again since the update was tried.
     * So every reason other than an unknown config counts as a failed precondition.
     */
    private static Fault fault(Change change, EntityTag stored, String configId) {
        boolean changesConfig = change.update() != null && change.update().changesConfig(configId);
        return changesConfig && change.condition().accepts(stored)
                ? InvalidData.unknownConfig(change.update().configId())
                : new PreconditionFailed();
    }

    private static List<Result> orderedResults(List<Change> batch, Map<Integer, Result> results) {
        List<Result> all = new ArrayList<>();
        for (int number = 0; number < batch.size(); number++) {
            all.add(results.getOrDefault(number, Result.NOT_FOUND));
        }
        return all;
    }
}
