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
 * The stored responses, by tenant and key. Their age is by the clock of the database, which all replicas share.
 *
 * <p>The row of a key is also its lock: another transaction with the same key waits until this one ends.
 */
@ApplicationScoped
public class StoredResponses {

    /** A response that is past its time to live is replaced. */
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

    /** A response to another request is left out: it may be large. */
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
    private volatile boolean mayHaveAny;

    /** Whether a response was stored during the present round of deletions. */
    private volatile boolean isNew;

    StoredResponses(TenantStatements statements, IdempotencySettings settings) {
        this.statements = statements;
        this.secondsToLive = settings.idempotencyKeyTtl().toSeconds();
    }

    /**
     * Stores the responses of a batch in the present transaction, each unless its key has one.
     *
     * @param requests requests with different keys, by their position in the batch
     * @param lockWait how long the transaction waits for another one with the same key
     * @return the responses that the other keys have, by the position of the request
     * @throws IdempotencyKeyInUse when another transaction with the same key does not end in time
     */
    public Map<Integer, StoredResponse> store(List<BatchItem<KeyedRequest>> requests, LockWait lockWait) {
        if (requests.isEmpty()) {
            return Map.of();
        }
        isNew = true;
        mayHaveAny = true;
        Set<UUID> stored = insert(requests, lockWait);
        List<BatchItem<KeyedRequest>> others = requests.stream()
                .filter(request -> !stored.contains(request.value().target()))
                .toList();
        Map<Integer, StoredResponse> found = new HashMap<>();
        statements.query(
                FIND,
                others,
                some -> List.of(texts(some, KeyedRequest::key), fingerprints(some)),
                row -> found.put(row.getInt(1), new StoredResponse(row.getObject(2, UUID.class), row.getString(3))));
        if (found.size() < others.size()) {
            throw new IdempotencyKeyInUse(); // The response was there a moment ago; it has been deleted since.
        }
        return found;
    }

    private Set<UUID> insert(List<BatchItem<KeyedRequest>> requests, LockWait lockWait) {
        try {
            return new HashSet<>(statements.query(
                    INSERT,
                    requests,
                    some -> List.of(
                            texts(some, KeyedRequest::key),
                            fingerprints(some),
                            SqlArray.of("uuid", some, request -> request.value().target()),
                            texts(some, KeyedRequest::body),
                            secondsToLive),
                    row -> row.getObject(1, UUID.class)));
        } catch (RuntimeException e) {
            if (lockWait == LockWait.LONG && DatabaseFailure.isLockTimeout(e)) {
                throw new IdempotencyKeyInUse();
            }
            throw e;
        }
    }

    /** Deletes responses that the present transaction has stored, because their requests failed. */
    public void delete(List<BatchItem<KeyedRequest>> requests) {
        statements.query(DELETE, requests, some -> List.of(texts(some, KeyedRequest::key)), row -> row.getInt(1));
    }

    private static SqlArray texts(List<BatchItem<KeyedRequest>> requests, Function<KeyedRequest, String> text) {
        return SqlArray.of("text", requests, request -> text.apply(request.value()));
    }

    private static SqlArray fingerprints(List<BatchItem<KeyedRequest>> requests) {
        return SqlArray.of("bytea", requests, request -> request.value().fingerprint());
    }

    /** How long a response is stored. */
    long secondsToLive() {
        return secondsToLive;
    }

    /** Whether any may be stored, as far as this replica knows. */
    boolean mayHaveAny() {
        return mayHaveAny;
    }

    /** A round of deletions begins. */
    void beginRound() {
        isNew = false;
    }

    /**
     * A round of deletions has gone over all tenants.
     *
     * @param isAnyLeft whether it has met a response that stays
     */
    void endRound(boolean isAnyLeft) {
        mayHaveAny = isAnyLeft;
        if (isNew) {
            mayHaveAny = true; // It was stored for a tenant that the round had passed.
        }
    }
}
