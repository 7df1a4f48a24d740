package dev.ember.deployment;

import dev.ember.database.SqlArray;
import dev.ember.database.Statements;
import dev.ember.json.JsonText;
import dev.ember.watch.DeploymentChange;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.PersistenceException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * Inserts the deployments of a batch with one statement. One array per column costs the driver and PostgreSQL less than
 * one parameter per value.
 */
@ApplicationScoped
class SoftwareDeploymentInserts {

    private static final Logger LOG = Logger.getLogger(SoftwareDeploymentInserts.class);

    private static final String INSERT =
            """
            insert into software_deployment (tenant_id, id, stack_user_project_id, config_id, server_id, action, status,
             status_reason, input_values, created_at, updated_at, version)
            select tenant_id, id::uuid, stack_user_project_id, config_id, server_id, action, status, status_reason,
             input_values::json, created_at::timestamptz, created_at::timestamptz, 0
            from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
             ?::text[]) as created (tenant_id, id, stack_user_project_id, config_id, server_id, action, status,
             status_reason, input_values, created_at)""";

    /**
     * The driver sends both statements at once, and they commit together. So a create costs no more round trips while a
     * client waits for changes.
     */
    private static final String INSERT_WITH_CHANGES = INSERT + ";\n" + DeploymentChangeLog.INSERT;

    private static final List<Function<SoftwareDeployment, String>> COLUMNS = List.of(
            deployment -> deployment.tenantId,
            deployment -> deployment.id.toString(),
            deployment -> deployment.stackUserProjectId,
            deployment -> deployment.configId,
            deployment -> deployment.serverId,
            deployment -> deployment.action,
            deployment -> deployment.status.name(),
            deployment -> deployment.statusReason,
            deployment -> text(deployment.inputValues),
            deployment -> deployment.createdAt.toString());

    private final Statements statements;
    private final DeploymentChangeLog log;

    SoftwareDeploymentInserts(Statements statements, DeploymentChangeLog log) {
        this.statements = statements;
        this.log = log;
    }

    /** Inserts new deployments in the current transaction, or in a new one if there is none. */
    void insert(List<SoftwareDeployment> deployments) {
        List<Object> columns = new ArrayList<>();
        COLUMNS.forEach(column -> columns.add(SqlArray.of("text", deployments, column)));
        if (log.isNeeded()) {
            columns.addAll(DeploymentChangeLog.columns(changes(deployments)));
            statements.update(INSERT_WITH_CHANGES, columns);
        } else {
            statements.update(INSERT, columns);
            tellLater(deployments);
        }
    }

    /**
     * Stores the changes in a second transaction, if a client has begun to wait meanwhile. A failure must not fail the
     * creates, which are committed.
     */
    private void tellLater(List<SoftwareDeployment> deployments) {
        try {
            log.createdOrDeleted(changes(deployments));
        } catch (PersistenceException e) {
            LOG.warn("A client that has just begun to wait may be told late of new deployments");
        }
    }

    private static List<DeploymentChange> changes(List<SoftwareDeployment> deployments) {
        return deployments.stream()
                .map(deployment -> new DeploymentChange(
                        deployment.tenantId, deployment.stackUserProjectId, deployment.serverId, deployment.id))
                .toList();
    }

    private static String text(JsonText json) {
        return json == null ? null : json.text();
    }
}
