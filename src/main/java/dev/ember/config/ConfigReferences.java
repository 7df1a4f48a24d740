package dev.ember.config;

import dev.ember.database.SqlArray;
import dev.ember.tenant.BatchItem;
import dev.ember.tenant.TenantSql;
import dev.ember.tenant.TenantStatements;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Validates and locks the configs that deployments refer to. {@code EMBER_CONFIG_REFERENCES} sets whether a deployment
 * may refer to any config id, or only to configs of its own tenant.
 */
@ApplicationScoped
public class ConfigReferences {

    private static final TenantSql LOCK = new TenantSql(
            """
            select wanted.tenant, wanted.id
            from unnest(?::int[], ?::text[], ?::text[], ?::text[]) as wanted (number, tenant, project, id)
            cross join lateral (select 1 from software_config where %s and id = wanted.id for key share) c"""
                    .formatted(TenantSql.OF_TENANT));

    private final TenantStatements statements;
    private final boolean anyIsAccepted;

    ConfigReferences(TenantStatements statements, ConfigReferencesSettings settings) {
        this.statements = statements;
        anyIsAccepted = settings.configReferences() == ConfigReferencesSettings.Accepted.ANY;
    }

    /**
     * A reference from a deployment to a config.
     *
     * @param tenantId the tenant of the deployment
     */
    public record Reference(String tenantId, String configId) {}

    /** Returns whether references are validated against the stored configs. */
    public boolean areChecked() {
        return !anyIsAccepted;
    }

    /**
     * Locks the referenced configs against deletion until the current transaction ends. Does nothing when references
     * are not validated.
     *
     * @return the valid references; all of them when references are not validated
     */
    public Set<Reference> lock(Set<Reference> references) {
        if (anyIsAccepted || references.isEmpty()) {
            return references;
        }
        return new HashSet<>(statements.query(
                LOCK,
                BatchItem.ofTenants(List.copyOf(references), Reference::tenantId),
                items -> List.of(SqlArray.of("text", items, item -> item.value().configId())),
                row -> new Reference(row.getString(1), row.getString(2))));
    }
}
