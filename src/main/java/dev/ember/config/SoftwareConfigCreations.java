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

    /** Inserts all configs or none. Several rows need the transaction of their batch. */
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
     * Stores a config. The config is durable when the returned stage completes.
     *
     * @return the stored response when the idempotency key of the request already has one, else empty; fails with a
     *     {@link Fault} when the config is not created
     */
    CompletionStage<Optional<StoredResponse>> store(Creation<SoftwareConfig> creation) {
        return batcher.add(creation).thenApply(Creations.Result::get);
    }

    /** Configs refer to no other resources. */
    @Override
    public boolean isNeeded() {
        return false;
    }

    @Override
    public Map<Integer, Fault> faults(List<SoftwareConfig> configs) {
        return Map.of();
    }
}
