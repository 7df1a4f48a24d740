package dev.ember.creation;

import dev.ember.database.BatchTransactions;
import dev.ember.database.Batcher;
import dev.ember.database.LockWait;
import dev.ember.fault.Fault;
import dev.ember.idempotency.KeyedRequest;
import dev.ember.idempotency.StoredResponse;
import dev.ember.idempotency.StoredResponses;
import dev.ember.quota.Quota;
import dev.ember.quota.QuotaUsage;
import dev.ember.quota.QuotaUsage.Demand;
import dev.ember.tenant.BatchItem;
import dev.ember.tenant.Scope;
import dev.ember.tenant.TenantDirectory;
import dev.ember.tenant.TenantStatements;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;

/**
 * Creates resources in batches. Concurrent creates share one transaction, because the commit is most of what a create
 * costs PostgreSQL.
 *
 * <p>The transaction of a batch does the following, in this order:
 *
 * <ol>
 *   <li>It stores the responses under new idempotency keys and finds the responses of known keys.
 *   <li>It counts the resources under the quota.
 *   <li>It validates what the resources refer to.
 *   <li>It inserts the resources.
 * </ol>
 *
 * <p>A create that fails does not affect the other creates of its batch.
 */
@ApplicationScoped
public class Creations {

    private static final int BATCH_SIZE = 128;

    private final BatchTransactions transactions;
    private final TenantStatements statements;
    private final TenantDirectory directory;
    private final StoredResponses responses;
    private final QuotaUsage usage;

    Creations(
            BatchTransactions transactions,
            TenantStatements statements,
            TenantDirectory directory,
            StoredResponses responses,
            QuotaUsage usage) {
        this.transactions = transactions;
        this.statements = statements;
        this.directory = directory;
        this.responses = responses;
        this.usage = usage;
    }

    /** Validates resources against stored data, in the transaction that creates them. */
    public interface Check<R> {

        /** Returns whether resources need validation. */
        boolean isNeeded();

        /** Returns the faults of the invalid resources by their position in the list. */
        Map<Integer, Fault> faults(List<R> resources);
    }

    /**
     * Creates a batcher for resources of one kind.
     *
     * @param name the name of the threads
     * @param count counts the resources of a tenant
     * @param check validates the resources of a batch
     * @param insert inserts resources with one statement
     */
    public <R> Batcher<Creation<R>, Result> batcher(
            String name, Quota quota, ToLongFunction<String> count, Check<R> check, Consumer<List<R>> insert) {
        Kind<R> kind = new Kind<>(quota, count, check, insert);
        return new Batcher<>(
                name,
                BATCH_SIZE,
                creation -> statements.shard(creation.scope().tenant()),
                (batch, lockWait) -> store(kind, batch, lockWait));
    }

    private record Kind<R>(Quota quota, ToLongFunction<String> count, Check<R> check, Consumer<List<R>> insert) {

        /** Returns whether a create depends on no stored data. */
        private boolean isIndependent(Creation<R> creation) {
            return creation.keyed() == null && !quota.applies() && !check.isNeeded();
        }
    }

    /**
     * The result of a create.
     *
     * @param stored the response of the earlier request with the same key that created the resource
     * @param fault the reason why the resource was not created, or null when it was created
     */
    public record Result(Optional<StoredResponse> stored, Fault fault) {

        private static final Result CREATED = new Result(Optional.empty(), null);

        /**
         * Returns the stored response.
         *
         * @throws Fault when the resource was not created
         */
        public static Optional<StoredResponse> get(Result result) {
            if (result.fault != null) {
                throw result.fault;
            }
            return result.stored;
        }
    }

    private <R> List<Result> store(Kind<R> kind, List<Creation<R>> batch, LockWait lockWait) {
        directory.add(batch.stream().map(Creation::scope).toList());
        if (batch.stream().allMatch(kind::isIndependent)) {
            // Without a transaction, the statement commits by itself. This saves round trips to the database.
            insert(kind, batch);
            return batch.stream().map(creation -> Result.CREATED).toList();
        }
        return transactions.run(lockWait, () -> store(kind, new Batch<>(batch), lockWait));
    }

    private static <R> void insert(Kind<R> kind, List<Creation<R>> creations) {
        kind.insert.accept(creations.stream().map(Creation::resource).toList());
    }

    private <R> List<Result> store(Kind<R> kind, Batch<R> batch, LockWait lockWait) {
        List<BatchItem<KeyedRequest>> keyed = batch.keyed();
        responses
                .store(keyed, lockWait)
                .forEach((number, stored) -> batch.results.put(number, new Result(Optional.of(stored), null)));
        if (kind.quota.applies()) {
            count(kind, batch);
        }
        if (kind.check.isNeeded()) {
            check(kind, batch);
        }
        responses.delete(keyed.stream()
                .filter(request -> batch.hasFailed(request.number()))
                .toList());
        List<Creation<R>> created =
                batch.pending().stream().map(batch.creations::get).toList();
        if (!created.isEmpty()) {
            insert(kind, created);
        }
        return batch.results();
    }

    private <R> void check(Kind<R> kind, Batch<R> batch) {
        List<Integer> pending = batch.pending();
        Map<Integer, Fault> faults = kind.check.faults(pending.stream()
                .map(number -> batch.creations.get(number).resource())
                .toList());
        Map<String, Integer> failed = new HashMap<>();
        faults.forEach((position, fault) -> {
            int number = pending.get(position);
            batch.fail(number, fault);
            failed.merge(batch.creations.get(number).scope().tenant(), 1, Integer::sum);
        });
        usage.subtract(kind.quota, failed, kind.count);
    }

    private <R> void count(Kind<R> kind, Batch<R> batch) {
        Map<String, Demand> demands = new HashMap<>();
        for (int number : batch.pending()) {
            Creation<R> creation = batch.creations.get(number);
            String tenant = creation.scope().tenant();
            demands.merge(
                    tenant,
                    creation.isExempt() ? new Demand(tenant, 0, 1) : new Demand(tenant, 1, 0),
                    (one, other) -> new Demand(tenant, one.limited() + other.limited(), one.exempt() + other.exempt()));
        }
        Map<String, Integer> admitted = usage.add(kind.quota, demands, kind.count);
        for (int number : batch.pending()) {
            Creation<R> creation = batch.creations.get(number);
            if (!creation.isExempt() && admitted.merge(creation.scope().tenant(), -1, Integer::sum) < 0) {
                batch.fail(number, kind.quota.exceeded());
            }
        }
    }

    /** The creates of a batch, and the results of those that need no insert. */
    private static final class Batch<R> {

        private final List<Creation<R>> creations;
        private final Map<Integer, Result> results = new HashMap<>();

        Batch(List<Creation<R>> creations) {
            this.creations = creations;
        }

        List<BatchItem<KeyedRequest>> keyed() {
            List<BatchItem<KeyedRequest>> keyed = new ArrayList<>();
            for (int number = 0; number < creations.size(); number++) {
                KeyedRequest request = creations.get(number).keyed();
                if (request != null) {
                    keyed.add(new BatchItem<>(number, Scope.ofTenant(request.tenantId()), request));
                }
            }
            return keyed;
        }

        /** Returns the positions of the creates that have no result yet. */
        List<Integer> pending() {
            List<Integer> pending = new ArrayList<>();
            for (int number = 0; number < creations.size(); number++) {
                if (!results.containsKey(number)) {
                    pending.add(number);
                }
            }
            return pending;
        }

        void fail(int number, Fault fault) {
            results.put(number, new Result(Optional.empty(), fault));
        }

        boolean hasFailed(int number) {
            return results.containsKey(number) && results.get(number).fault() != null;
        }

        List<Result> results() {
            List<Result> all = new ArrayList<>();
            for (int number = 0; number < creations.size(); number++) {
                all.add(results.getOrDefault(number, Result.CREATED));
            }
            return all;
        }
    }
}
