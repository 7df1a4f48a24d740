package dev.ember.idempotency;

import dev.ember.database.DatabaseFailure;
import dev.ember.database.LockWait;
import dev.ember.database.SqlArray;
import dev.ember.fault.IdempotencyKeyInUse;
import dev.ember.tenant.BatchItem;
import dev.ember.tenant.TenantSql;
import dev.ember.tenant.TenantStatements;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/**
 * Stores and finds responses by tenant and key. Their age is measured with the clock of the database, which all
 * replicas share.
 *
 * <p>The row of a key is also its lock: another transaction with the same key waits until this one ends.
 */
@ApplicationScoped
public class StoredResponses {

    /** Stores responses. Replaces responses that are past their time to live. */
    private static final TenantSql INSERT = new TenantSql(
            """
            insert into idempotency_key as k (tenant_id, key, fingerprint, target_id, answer, created_at)
            select wanted.tenant, wanted.key, wanted.fingerprint, wanted.target, wanted.body, now()
            from unnest(?::int[], ?::text[], ?::text[], ?::text[], ?::bytea[], ?::uuid[], ?::text[])
             as wanted (number, tenant, project, key, fingerprint, target, body)
            on conflict (tenant_id, key) do update set fingerprint = excluded.fingerprint,
             target_id = excluded.target_id, answer = excluded.answer, created_at = excluded.created_at
             where k.created_at <= now() - ?::bigint * interval '1 second'
            returning k.target_id""");

    /** Finds stored responses. Leaves out the body of a response to a different request, because it may be large. */
    private static final TenantSql FIND = new TenantSql(
            """
            select wanted.number, k.target_id, case when k.fingerprint = wanted.fingerprint then k.answer end
            from unnest(?::int[], ?::text[], ?::text[], ?::text[], ?::bytea[])
             as wanted (number, tenant, project, key, fingerprint)
            cross join lateral (
                select target_id, fingerprint, answer from idempotency_key where %s and key = wanted.key
                offset 0) k"""
                    .formatted(TenantSql.OF_TENANT));

    private static final TenantSql DELETE = new TenantSql(
            """
            delete from idempotency_key k using unnest(?::int[], ?::text[], ?::text[], ?::text[])
             as wanted (number, tenant, project, wanted_key)
            where %s and key = wanted_key returning 1"""
                    .formatted(TenantSql.OF_TENANT));

    private final TenantStatements statements;
    private final long secondsToLive;
    private volatile boolean mayExist;

    /** Whether a response was stored since the current round of deletions began. */
    private volatile boolean hasStoredInRound;

    StoredResponses(TenantStatements statements, IdempotencySettings settings) {
        this.statements = statements;
        this.secondsToLive = settings.idempotencyKeyTtl().toSeconds();
    }

    /**
     * Stores the responses of a batch in the current transaction. Does not replace a response that its key already has.
     *
     * @param requests requests with different keys, by their position in the batch
     * @param lockWait how long the transaction waits for another one with the same key
     * @return the responses that were already stored, by the position of the request
     * @throws IdempotencyKeyInUse when another transaction with the same key does not end in time
     */
    public Map<Integer, StoredResponse> store(List<BatchItem<KeyedRequest>> requests, LockWait lockWait) {
        if (requests.isEmpty()) {
            return Map.of();
        }
        hasStoredInRound = true;
        mayExist = true;
        Set<UUID> stored = insert(requests, lockWait);
        List<BatchItem<KeyedRequest>> known = requests.stream()
                .filter(request -> !stored.contains(request.value().target()))
                .toList();
        Map<Integer, StoredResponse> found = new HashMap<>();
        statements.query(
                FIND,
                known,
                items -> List.of(texts(items, KeyedRequest::key), fingerprints(items)),
                row -> found.put(row.getInt(1), new StoredResponse(row.getObject(2, UUID.class), row.getString(3))));
        if (found.size() < known.size()) {
            throw new IdempotencyKeyInUse(); // The response was deleted after the insert had found it.
        }
        return found;
    }

    private Set<UUID> insert(List<BatchItem<KeyedRequest>> requests, LockWait lockWait) {
        try {
            return new HashSet<>(statements.query(
                    INSERT,
                    requests,
                    items -> List.of(
                            texts(items, KeyedRequest::key),
                            fingerprints(items),
                            SqlArray.of(
                                    "uuid", items, request -> request.value().target()),
                            texts(items, KeyedRequest::body),
                            secondsToLive),
                    row -> row.getObject(1, UUID.class)));
        } catch (RuntimeException e) {
            if (lockWait == LockWait.LONG && DatabaseFailure.isLockTimeout(e)) {
                throw new IdempotencyKeyInUse();
            }
            throw e;
        }
    }

    /** Deletes responses that the current transaction has stored. Used when their requests fail. */
    public void delete(List<BatchItem<KeyedRequest>> requests) {
        statements.query(DELETE, requests, items -> List.of(texts(items, KeyedRequest::key)), row -> row.getInt(1));
    }

    private static SqlArray texts(List<BatchItem<KeyedRequest>> requests, Function<KeyedRequest, String> text) {
        return SqlArray.of("text", requests, request -> text.apply(request.value()));
    }

    private static SqlArray fingerprints(List<BatchItem<KeyedRequest>> requests) {
        return SqlArray.of("bytea", requests, request -> request.value().fingerprint());
    }

    /** Returns the time to live of a response in seconds. */
    long secondsToLive() {
        return secondsToLive;
    }

    /** Returns whether stored responses may exist, as far as this replica knows. */
    boolean mayExist() {
        return mayExist;
    }

    /** Begins a round of deletions. */
    void beginRound() {
        hasStoredInRound = false;
    }

    /**
     * Ends a round of deletions, which has visited all tenants.
     *
     * @param hasRemaining whether the round has found a tenant with remaining responses
     */
    void endRound(boolean hasRemaining) {
        mayExist = hasRemaining;
        if (hasStoredInRound) {
            mayExist = true; // The response may belong to a tenant that the round had already visited.
        }
    }
}
