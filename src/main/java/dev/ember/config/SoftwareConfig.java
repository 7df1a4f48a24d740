package dev.ember.config;

import dev.ember.database.JsonTextConverter;
import dev.ember.json.JsonText;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import java.io.Serializable;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.hibernate.annotations.ColumnTransformer;
import org.hibernate.annotations.Immutable;
import org.hibernate.id.uuid.UuidVersion7Strategy;

/** What can be run on servers: a script or the like, with the inputs that it takes and the outputs that it gives. */
@Entity
@IdClass(SoftwareConfig.Key.class)
@Immutable
public class SoftwareConfig extends PanacheEntityBase {

    /** The tenant that it belongs to. */
    @Id
    public String tenantId;

    /** UUID version 7, in text: in the order of creation. */
    @Id
    public String id;

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

    /** Makes a config of a tenant, which is not stored yet. */
    static SoftwareConfig of(String tenantId, SoftwareConfigCreation creation) {
        SoftwareConfig config = new SoftwareConfig();
        config.id = UuidVersion7Strategy.INSTANCE.generateUuid(null).toString();
        config.tenantId = tenantId;
        config.name = creation.name();
        config.group = creation.group();
        config.config = creation.config();
        config.inputs = creation.inputs();
        config.outputs = creation.outputs();
        config.options = creation.options();
        config.createdAt = Instant.now().truncatedTo(ChronoUnit.MICROS);
        return config;
    }

    /** How many configs a tenant has. */
    static long countOf(String tenantId) {
        return count("tenantId", tenantId);
    }

    /** Identifies a config. */
    public record Key(String tenantId, String id) implements Serializable {}
}
