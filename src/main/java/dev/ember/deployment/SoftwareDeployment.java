package dev.ember.deployment;

import dev.ember.database.JsonTextConverter;
import dev.ember.json.JsonText;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import java.io.Serializable;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.hibernate.annotations.ColumnTransformer;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.id.uuid.UuidVersion7Strategy;
import org.hibernate.type.SqlTypes;

/** A software config runs on a server, for an action, with a result. */
@Entity
@IdClass(SoftwareDeployment.Key.class)
public class SoftwareDeployment extends PanacheEntityBase {

    /** The tenant that it belongs to. */
    @Id
    public String tenantId;

    /** UUID version 7: in the order of creation, so that a tenant's new rows are neighbours in the index. */
    @Id
    public UUID id;

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

    /** How often it was started again. An agent runs a deployment once for each run; a signal belongs to one run. */
    public int run;

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

    /** How many deployments a tenant has. */
    public static long countOf(String tenantId) {
        return count("tenantId", tenantId);
    }

    /** Identifies a deployment. */
    public record Key(String tenantId, UUID id) implements Serializable {}
}
