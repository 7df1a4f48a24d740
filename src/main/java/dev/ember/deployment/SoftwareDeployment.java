package dev.ember.deployment;

import dev.ember.json.JsonObject;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.annotations.UuidGenerator;
import org.hibernate.type.SqlTypes;

/** That a software config runs on a server, for an action, and what came of it. */
@Entity
public class SoftwareDeployment extends PanacheEntityBase {

    /** UUID version 7: in the order of creation, so that new rows stand together in the index. */
    @Id
    @UuidGenerator(style = UuidGenerator.Style.VERSION_7)
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

    @JdbcTypeCode(SqlTypes.JSON)
    public JsonObject inputValues;

    @JdbcTypeCode(SqlTypes.JSON)
    public JsonObject outputValues;

    @Column(updatable = false)
    public Instant createdAt;

    public Instant updatedAt;

    /** Makes a deployment of a tenant and stores it. */
    static SoftwareDeployment create(String tenantId, SoftwareDeploymentCreation creation) {
        SoftwareDeployment deployment = new SoftwareDeployment();
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
        deployment.persist();
        return deployment;
    }

    /** The deployment of a tenant with an id. */
    static Optional<SoftwareDeployment> find(String tenantId, UUID id) {
        return find("tenantId = ?1 and id = ?2", tenantId, id).firstResultOptional();
    }
}
