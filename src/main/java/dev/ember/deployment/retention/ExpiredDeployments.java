package dev.ember.deployment.retention;

import dev.ember.database.Statements;
import dev.ember.deployment.retention.DeploymentScan.KeyRange;
import jakarta.inject.Singleton;
import java.util.List;

/** Deletes finished deployments past their retention period. */
@Singleton
final class ExpiredDeployments extends AgedDeployments {

    static final String DELETE =
            """
            with expired as (
                select id from software_deployment
                where tenant_id = ? and id > ? and id <= ? and status <> 'IN_PROGRESS'
                 and updated_at < now() - ? * interval '1 second'
                order by id limit ? for update skip locked)
            delete from software_deployment d using expired where d.tenant_id = ? and d.id = expired.id
            returning d.id, d.stack_user_project_id, d.server_id""";

    private final Changes changes;
    private final Changes.Kind kind;

    ExpiredDeployments(Statements statements, RetentionSettings settings, Changes changes) {
        super(statements, DeploymentScan.Kind.ALL, settings.deploymentRetention());
        this.changes = changes;
        this.kind = changes.deletions("expired");
    }

    @Override
    int change(KeyRange range, long seconds) {
        return changes.apply(
                kind,
                range.tenant(),
                DELETE,
                List.of(range.tenant(), range.after(), range.until(), seconds, BATCH, range.tenant()));
    }
}
