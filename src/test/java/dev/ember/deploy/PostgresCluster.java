package dev.ember.deploy;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import java.util.List;
import java.util.Map;

/**
 * The fields of a cluster of the operator CloudNativePG that Ember uses. Other fields are rejected.
 *
 * @see <a href="https://cloudnative-pg.io/docs/1.30/cloudnative-pg.v1/">CloudNativePG's API</a>
 */
@JsonDeserialize(using = JsonDeserializer.None.class)
final class PostgresCluster implements HasMetadata {

    static final String KIND = "postgresql.cnpg.io/v1 Cluster";

    private static final long serialVersionUID = 1;

    private String apiVersion;
    private final String kind;
    private ObjectMeta metadata;
    private final transient Spec spec;

    @JsonCreator
    PostgresCluster(
            @JsonProperty("apiVersion") String apiVersion,
            @JsonProperty("kind") String kind,
            @JsonProperty("metadata") ObjectMeta metadata,
            @JsonProperty("spec") Spec spec) {
        this.apiVersion = apiVersion;
        this.kind = kind;
        this.metadata = metadata;
        this.spec = spec;
    }

    record Spec(
            int instances,
            PostgreSql postgresql,
            Bootstrap bootstrap,
            Managed managed,
            Storage storage,
            ResourceRequirements resources) {}

    record PostgreSql(Synchronous synchronous, Map<String, String> parameters) {}

    record Synchronous(String method, int number, String dataDurability, boolean failoverQuorum) {}

    record Bootstrap(InitDb initdb) {}

    record InitDb(String database, String owner, SecretName secret) {}

    record Managed(List<Role> roles) {}

    record Role(String name, boolean login, SecretName passwordSecret) {}

    record SecretName(String name) {}

    record Storage(String size) {}

    Spec spec() {
        return spec;
    }

    @Override
    public ObjectMeta getMetadata() {
        return metadata;
    }

    @Override
    public void setMetadata(ObjectMeta metadata) {
        this.metadata = metadata;
    }

    @Override
    public String getKind() {
        return kind;
    }

    @Override
    public String getApiVersion() {
        return apiVersion;
    }

    @Override
    public void setApiVersion(String apiVersion) {
        this.apiVersion = apiVersion;
    }
}
