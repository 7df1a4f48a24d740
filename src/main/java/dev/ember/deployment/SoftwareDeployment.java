package dev.ember.deployment;

import dev.ember.database.JsonTextConverter;
import dev.ember.json.JsonText;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.hibernate.annotations.ColumnTransformer;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.id.uuid.UuidVersion7Strategy;
import org.hibernate.type.SqlTypes;

/** That a software config runs on a server, for an action, and what came of it. */
@Entity
public class SoftwareDeployment extends PanacheEntityBase {

    private static final String VISIBLE = "id = ?1 and (tenantId = ?2 or stackUserProjectId = ?2)";

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

    static boolean exists(String project, UUID id) {
        return count(VISIBLE, id, project) > 0;
    }

    /** Deletes a deployment that a project sees; false when there is none, or no longer. */
    static boolean delete(String project, UUID id) {
        return delete(VISIBLE, id, project) > 0;
    }
}
