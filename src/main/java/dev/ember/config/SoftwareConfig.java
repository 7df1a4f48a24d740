package dev.ember.config;

import dev.ember.database.JsonTextConverter;
import dev.ember.json.JsonText;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.hibernate.annotations.ColumnTransformer;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.UuidGenerator;

/** What can be run on servers: a script or the like, with the inputs that it takes and the outputs that it gives. */
@Entity
@Immutable
public class SoftwareConfig extends PanacheEntityBase {

    /** UUID version 7, in text: in the order of creation. */
    @Id
    @UuidGenerator(style = UuidGenerator.Style.VERSION_7)
    public String id;

    public String tenantId;

    public String name;

    /** The kind of tool that runs the config on the server, which Heat calls its group. */
    @Column(name = "group_name")
    public String group;

    @ColumnTransformer(write = JsonTextConverter.WRITE)
    public JsonText config;

    @ColumnTransformer(write = JsonTextConverter.WRITE)
    public JsonText inputs;

    @ColumnTransformer(write = JsonTextConverter.WRITE)
    public JsonText outputs;

    @ColumnTransformer(write = JsonTextConverter.WRITE)
    public JsonText options;

    public Instant createdAt;

    /** Makes a config of a tenant and stores it. */
    static SoftwareConfig create(String tenantId, SoftwareConfigCreation creation) {
        SoftwareConfig config = new SoftwareConfig();
        config.tenantId = tenantId;
        config.name = creation.name();
        config.group = creation.group();
        config.config = creation.config();
        config.inputs = creation.inputs();
        config.outputs = creation.outputs();
        config.options = creation.options();
        config.createdAt = Instant.now().truncatedTo(ChronoUnit.MICROS);
        config.persist();
        return config;
    }

    static boolean exists(String tenantId, UUID id) {
        return count("tenantId = ?1 and id = ?2", tenantId, id.toString()) > 0;
    }

    /**
     * Keeps a config from being deleted until the transaction ends.
     *
     * @return whether the tenant has it
     */
    static boolean keep(String tenantId, String id) {
        return lock(tenantId, id, "for key share");
    }

    /**
     * Keeps everyone from referring to a config, where only known ones may be referred to, until the transaction ends.
     *
     * @return whether the tenant has it
     */
    static boolean reserve(String tenantId, UUID id) {
        return lock(tenantId, id.toString(), "for update");
    }

    /** Whether a deployment of the tenant refers to a config. */
    static boolean isInUse(String tenantId, UUID id) {
        return count("from SoftwareDeployment where tenantId = ?1 and configId = ?2", tenantId, id.toString()) > 0;
    }

    private static boolean lock(String tenantId, String id, String strength) {
        return !getEntityManager()
                .createNativeQuery("select 1 from software_config where tenant_id = ?1 and id = ?2 " + strength)
                .setParameter(1, tenantId)
                .setParameter(2, id)
                .getResultList()
                .isEmpty();
    }
}
