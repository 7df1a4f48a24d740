package dev.ember.deployment;

import dev.ember.database.Grouping;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collections;
import java.util.List;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;

/**
 * Stores new deployments, those of concurrent requests with one commit: what a create costs PostgreSQL is, most of all,
 * its commit.
 *
 * <p>The rows of a group are one batch outside of any transaction. PostgreSQL's protocol makes that a transaction of
 * its own, which ends with the batch: one exchange in place of two.
 *
 * @see <a href="https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-PIPELINING">Pipelining</a>
 */
@ApplicationScoped
class GroupCommit {

    private final SessionFactory sessions;
    private final Grouping<SoftwareDeployment, Void> creations = new Grouping<>("group-commit", this::insert);

    GroupCommit(SessionFactory sessions) {
        this.sessions = sessions;
    }

    /** Stores a deployment that depends on nothing else that is stored. When the result is there, it is durable. */
    Uni<Void> store(SoftwareDeployment deployment) {
        return creations.join(deployment);
    }

    @PreDestroy
    void close() {
        creations.close();
    }

    private List<Void> insert(List<SoftwareDeployment> deployments) {
        try (StatelessSession session = sessions.openStatelessSession()) {
            session.insertMultiple(deployments);
        }
        return Collections.nCopies(deployments.size(), null);
    }
}
