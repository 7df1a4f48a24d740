package dev.ember.deployment;

import dev.ember.database.Grouping;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;

/** Reads deployments, those that concurrent requests ask for with one query. */
@ApplicationScoped
class GroupRead {

    /** A deployment may take megabytes. */
    private static final int LARGEST_GROUP = 16;

    private final SessionFactory sessions;
    private final Grouping<UUID, Optional<SoftwareDeployment>> shows =
            new Grouping<>("group-read", LARGEST_GROUP, this::read);

    GroupRead(SessionFactory sessions) {
        this.sessions = sessions;
    }

    /** The deployment with an id, if a project sees it: its own, or one that names it as the stack user's. */
    CompletionStage<Optional<SoftwareDeployment>> find(String project, UUID id) {
        return shows.join(id).thenApply(found -> found.filter(deployment -> deployment.isVisibleTo(project)));
    }

    @PreDestroy
    void close() {
        shows.close();
    }

    private List<Optional<SoftwareDeployment>> read(List<UUID> ids) {
        try (StatelessSession session = sessions.openStatelessSession()) {
            return session.getMultiple(SoftwareDeployment.class, ids).stream()
                    .map(Optional::ofNullable)
                    .toList();
        }
    }
}
