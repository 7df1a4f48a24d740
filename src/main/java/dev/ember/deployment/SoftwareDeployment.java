package dev.ember.deployment;

import dev.ember.database.JsonTextConverter;
import dev.ember.etag.EntityTag;
import dev.ember.json.JsonText;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.hibernate.annotations.ColumnTransformer;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.id.uuid.UuidVersion7Strategy;
import org.hibernate.type.SqlTypes;

/** That a software config runs on a server, for an action, and what came of it. */
@Entity
public class SoftwareDeployment extends PanacheEntityBase {

    private static final String VISIBLE = "id = ?1 and (tenantId = ?2 or stackUserProjectId = ?2)";

    /** By name, because a later migration may add a column while this release serves. */
    private static final String COLUMNS =
            """
            id, tenant_id, stack_user_project_id, config_id, server_id, action, status, status_reason, input_values, \
            output_values, created_at, updated_at, version""";

    /** The conditions of a filter come in twice. */
    private static final String PAGE =
            """
            select %1$s from (
                (select %1$s from software_deployment where tenant_id = :project%2$s order by id limit :limit)
                union all
                (select %1$s from software_deployment where stack_user_project_id = :project and tenant_id <> :project%2$s
                 order by id limit :limit)) as visible
            order by id limit :limit""";

    /** Few, for a row may be large. */
    private static final int ROWS_FETCHED = 32;

    /** UUID version 7: in the order of creation, so that new rows stand together in the index. */
    @Id
    public UUID id;

    @Column(updatable = false)
    public String tenantId;

    /** A second project that may operate on this deployment: that of the server's own user; or null. */
    @Column(updatable = false)
    public String stackUserProjectId;

    public String configId;

    @Column(updatable = false)
    public String serverId;

    public String action;

    @Enumerated(EnumType.STRING)
    @JdbcTypeCode(SqlTypes.VARCHAR)
    public DeploymentStatus status;

    public String statusReason;

    @ColumnTransformer(write = JsonTextConverter.WRITE)
    public JsonText inputValues;

    @ColumnTransformer(write = JsonTextConverter.WRITE)
    public JsonText outputValues;

    @Column(updatable = false)
    public Instant createdAt;

    public Instant updatedAt;

    /** How often it was changed. */
    public int version;

    /** Makes a deployment of a tenant, which is not stored yet. */
    static SoftwareDeployment of(String tenantId, SoftwareDeploymentCreation creation) {
        SoftwareDeployment deployment = new SoftwareDeployment();
        deployment.id = UuidVersion7Strategy.INSTANCE.generateUuid(null);
        deployment.tenantId = tenantId;
        deployment.stackUserProjectId = creation.stackUserProjectId();
        deployment.configId = creation.configId();
        deployment.serverId = creation.serverId();
        deployment.action = creation.action();
        deployment.status = creation.status();
        deployment.statusReason = creation.statusReason();
        deployment.inputValues = creation.inputValues();
        deployment.createdAt = Instant.now().truncatedTo(ChronoUnit.MICROS);
        deployment.updatedAt = deployment.createdAt;
        return deployment;
    }

    /** Whether a project sees it: its tenant, or that of the stack user. */
    boolean isVisibleTo(String project) {
        return project.equals(tenantId) || project.equals(stackUserProjectId);
    }

    /**
     * A deployment with an id that a project sees, and nobody else changes or deletes it until the transaction ends.
     */
    static Optional<SoftwareDeployment> reserve(String project, UUID id) {
        return find(VISIBLE, id, project)
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .firstResultOptional();
    }

    static boolean exists(String project, UUID id) {
        return count(VISIBLE, id, project) > 0;
    }

    /** Deletes a deployment that a project sees; false when there is none, or no longer. */
    static boolean delete(String project, UUID id) {
        return delete(VISIBLE, id, project) > 0;
    }

    /**
     * The deployments that a project sees, oldest first. Each of the two ways to see one has an index, and no more than
     * the limit is read of either, whatever PostgreSQL believes of the limit when it makes its plan.
     *
     * @param marker the deployment after which to begin, or null for the oldest
     */
    static Stream<SoftwareDeployment> page(String project, SoftwareDeploymentFilter filter, UUID marker, int limit) {
        Map<String, Object> parameters = new HashMap<>(Map.of("project", project, "limit", limit));
        String conditions = filter.conditions(parameters);
        if (marker != null) {
            conditions += " and id > :marker";
            parameters.put("marker", marker);
        }
        var query = getSession()
                .createNativeQuery(PAGE.formatted(COLUMNS, conditions), SoftwareDeployment.class)
                .setReadOnly(true)
                .setFetchSize(ROWS_FETCHED);
        parameters.forEach(query::setParameter);
        return query.getResultStream();
    }

    /** Replaces each field for which the update has a value. The deployment must be reserved. */
    void update(SoftwareDeploymentUpdate update) {
        configId = Objects.requireNonNullElse(update.configId(), configId);
        action = Objects.requireNonNullElse(update.action(), action);
        status = Objects.requireNonNullElse(update.status(), status);
        statusReason = update.statusReason() == null ? statusReason : update.statusReason();
        inputValues = update.inputValues() == null ? inputValues : update.inputValues();
        outputValues = update.outputValues() == null ? outputValues : update.outputValues();
        updatedAt = Instant.now().truncatedTo(ChronoUnit.MICROS);
        version++;
    }

    /** What its present state is called. */
    EntityTag tag() {
        return EntityTag.of(id, version);
    }
}
