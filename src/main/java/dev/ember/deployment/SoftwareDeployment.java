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

/** The deployment of a software config to a server: the config, the action that triggers it, and the result. */
@Entity
@IdClass(SoftwareDeployment.Key.class)
public class SoftwareDeployment extends PanacheEntityBase {

    /** The longest status reason that is stored, in code points. */
    public static final int MAX_REASON_LENGTH = 65_535;

    /** The tenant that owns the deployment. */
    @Id
    public String tenantId;

    /** UUID version 7. Ids sort in order of creation, so the new rows of a tenant are adjacent in the index. */
    @Id
    public UUID id;

    /** A second project that may operate on this deployment, or null. It is the project of the server's own user. */
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

    /** The number of updates. */
    public int version;

    /** How often it was started again. An agent runs a deployment once for each run. */
    public int run;

    /** Creates a deployment of a tenant. Does not store it. */
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

    /** Returns the number of deployments of a tenant. */
    public static long countOf(String tenantId) {
        return count("tenantId", tenantId);
    }

    /** The primary key. */
    public record Key(String tenantId, UUID id) implements Serializable {}
}
