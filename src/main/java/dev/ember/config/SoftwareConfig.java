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

/** A script or other content to run on servers, with its inputs and outputs. */
@Entity
@IdClass(SoftwareConfig.Key.class)
@Immutable
public class SoftwareConfig extends PanacheEntityBase {

    /** The tenant that owns the config. */
    @Id
    public String tenantId;

    /** UUID version 7 as text. Ids sort in order of creation. */
    @Id
    public String id;

    public String name;

    /** The tool that runs the config on the server. Heat calls it the group. */
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

    /** Creates a config of a tenant. Does not store it. */
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

    /** Returns the number of configs of a tenant. */
    static long countOf(String tenantId) {
        return count("tenantId", tenantId);
    }

    /** The primary key. */
    public record Key(String tenantId, String id) implements Serializable {}
}
