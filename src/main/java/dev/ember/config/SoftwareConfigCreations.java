package dev.ember.config;

import dev.ember.creation.Creation;
import dev.ember.creation.Creations;
import dev.ember.database.Batcher;
import dev.ember.database.Transactions;
import dev.ember.fault.Fault;
import dev.ember.idempotency.StoredResponse;
import dev.ember.quota.Quotas;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;

/** Stores new configs. */
@ApplicationScoped
class SoftwareConfigCreations implements Creations.Check<SoftwareConfig> {

    private final Batcher<Creation<SoftwareConfig>, Creations.Result> batcher;

    SoftwareConfigCreations(Creations creations, Quotas quotas, SessionFactory sessions) {
        batcher = creations.batcher(
                "config-creates",
                quotas.configs(),
                SoftwareConfig::countOf,
                this,
                configs -> insert(sessions, configs));
    }

    /** All of them or none: several rows need the transaction of their batch. */
    private static void insert(SessionFactory sessions, List<SoftwareConfig> configs) {
        Transactions.join(() -> {
            try (StatelessSession session = sessions.openStatelessSession()) {
                session.insertMultiple(configs);
            }
        });
    }

    @PreDestroy
    void close() {
        batcher.close();
    }

    /**
     * Stores a config. It is durable when the result is there.
     *
     * @return the stored response when the request's idempotency key has one; fails with a {@link Fault} when the
     *     config is not created
     */
    CompletionStage<Optional<StoredResponse>> store(Creation<SoftwareConfig> creation) {
        return batcher.add(creation).thenApply(Creations.Result::get);
    }

    /** A config refers to nothing. */
    @Override
    public boolean isNeeded() {
        return false;
    }

    @Override
    public Map<Integer, Fault> faults(List<SoftwareConfig> configs) {
        return Map.of();
    }
}
