package dev.ember.deployment.retention;

import dev.ember.database.Statements;
import dev.ember.deployment.DeploymentEvents;
import dev.ember.deployment.EventType;
import dev.ember.deployment.SoftwareDeploymentSql;
import dev.ember.deployment.retention.DeploymentScan.KeyRange;
import jakarta.inject.Singleton;
import java.util.List;

/** Fails deployments in progress that were not updated for too long. The server and its agent may no longer exist. */
@Singleton
final class StaleDeployments extends AgedDeployments {

    private static final String FAIL =
            """
            with stale as (
                select id from software_deployment
                where tenant_id = ? and id > ? and id <= ? and status = 'IN_PROGRESS'
                 and updated_at < now() - ? * interval '1 second'
                order by id limit ? for update skip locked)
            update software_deployment d
            set status = 'FAILED', status_reason = ?, updated_at = now(), version = version + 1,
             %s
            from stale where d.tenant_id = ? and d.id = stale.id"""
                    .formatted(SoftwareDeploymentSql.SET_CREATED);

    static final String FAIL_AND_EVENTS =
            DeploymentEvents.update(EventType.EXPIRED, FAIL, "null::text as user_id, null::uuid as request_id", "id");

    private final Changes changes;
    private final Changes.Kind kind;

    StaleDeployments(Statements statements, RetentionSettings settings, Changes changes) {
        super(statements, DeploymentScan.Kind.IN_PROGRESS, settings.staleDeploymentAge());
        this.changes = changes;
        this.kind = changes.failures("stale");
    }

    @Override
    int change(KeyRange range, long seconds) {
        String reason = "Failed by the service: no update for " + seconds + " seconds";
        return changes.apply(
                kind,
                range.tenant(),
                FAIL_AND_EVENTS,
                List.of(range.tenant(), range.after(), range.until(), seconds, BATCH, reason, range.tenant()));
    }
}
