package dev.ember.idempotency;

import dev.ember.lifecycle.DurationSetting;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.Session;

/**
 * The answers that are kept, by tenant and key. Their age is by the clock of the database, which all services share.
 */
@ApplicationScoped
class KeptAnswers {

    private final Session database;
    private final long secondsToLive;
    private volatile boolean mayHaveAny;

    KeptAnswers(Session database, IdempotencySettings settings) {
        this.database = database;
        this.secondsToLive = DurationSetting.seconds("EMBER_IDEMPOTENCY_KEY_TTL", settings.idempotencyKeyTtl());
    }

    /** Refuses a start with a setting that is none, before the database is touched. */
    void check(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent start) {}

    /**
     * Keeps others from a key until the transaction ends.
     *
     * @return false when another transaction has it, at once
     */
    boolean reserve(String tenantId, IdempotencyKey key) {
        return database.createNativeQuery(
                        "select pg_try_advisory_xact_lock(hashtextextended(concat('idempotency ', ?1, ' ', ?2), 0))",
                        Boolean.class)
                .setParameter(1, tenantId)
                .setParameter(2, key.text())
                .getSingleResult();
    }

    /**
     * The answer to a key that was given within the time to live. An answer to another request is left out: it may be
     * large.
     *
     * @param fingerprint that of the present request
     */
    Optional<KeptAnswer> find(String tenantId, IdempotencyKey key, byte[] fingerprint) {
        return database.createNativeQuery(
                        """
                        select fingerprint, target_id, case when fingerprint = ?4 then answer end from idempotency_key
                        where tenant_id = ?1 and key = ?2 and created_at > now() - ?3 * interval '1 second'""",
                        Object[].class)
                .setParameter(1, tenantId)
                .setParameter(2, key.text())
                .setParameter(3, secondsToLive)
                .setParameter(4, fingerprint)
                .getResultStream()
                .map(row -> new KeptAnswer((byte[]) row[0], (UUID) row[1], (String) row[2]))
                .findFirst();
    }

    /** How long an answer is kept. */
    long secondsToLive() {
        return secondsToLive;
    }

    /** Whether any may be kept, as far as this service has seen. */
    boolean mayHaveAny() {
        return mayHaveAny;
    }

    void mayHaveAny(boolean value) {
        mayHaveAny = value;
    }

    /** Keeps an answer in the place of one that is too old. */
    void keep(String tenantId, IdempotencyKey key, KeptAnswer answer) {
        mayHaveAny = true;
        database.createNativeMutationQuery(
                        """
                        insert into idempotency_key (tenant_id, key, fingerprint, target_id, answer, created_at)
                        values (?1, ?2, ?3, ?4, ?5, now())
                        on conflict (tenant_id, key) do update set fingerprint = excluded.fingerprint,
                         target_id = excluded.target_id, answer = excluded.answer, created_at = excluded.created_at""")
                .setParameter(1, tenantId)
                .setParameter(2, key.text())
                .setParameter(3, answer.fingerprint())
                .setParameter(4, answer.target())
                .setParameter(5, answer.answer())
                .executeUpdate();
    }
}
