package dev.ember.deployment;

import dev.ember.database.Grouping;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;

/**
 * Stores new deployments, those of concurrent requests with one commit: what a create costs PostgreSQL is, most of all,
 * its commit.
 */
@ApplicationScoped
class GroupCommit {

    /** As many rows as the driver writes into one insert. */
    private static final int LARGEST_GROUP = 128;

    private final SessionFactory sessions;
    private final Grouping<SoftwareDeployment, Void> creations =
            new Grouping<>("group-commit", LARGEST_GROUP, this::insert);

    GroupCommit(SessionFactory sessions) {
        this.sessions = sessions;
    }

    /** Stores a deployment that depends on nothing else that is stored. When the result is there, it is durable. */
    CompletionStage<Void> store(SoftwareDeployment deployment) {
        return creations.join(deployment);
    }

    @PreDestroy
    void close() {
        creations.close();
    }

    private List<Void> insert(List<SoftwareDeployment> deployments) {
        if (deployments.size() == 1) {
            // A statement is a transaction of its own, which saves an exchange with the database.
            try (StatelessSession session = sessions.openStatelessSession()) {
                session.insert(deployments.get(0));
            }
        } else {
            QuarkusTransaction.requiringNew().run(() -> insertTogether(deployments));
        }
        return Collections.nCopies(deployments.size(), null);
    }

    private void insertTogether(List<SoftwareDeployment> deployments) {
        try (StatelessSession session = sessions.openStatelessSession()) {
            session.insertMultiple(deployments);
        }
    }
}
