package dev.ember.metadata;

import dev.ember.config.SoftwareConfigQueries;
import dev.ember.deployment.SoftwareDeploymentSql;
import dev.ember.metadata.ServerLookup.Rendering;
import dev.ember.tenant.JsonLookup;
import dev.ember.tenant.JsonLookup.Key;
import dev.ember.tenant.TenantDirectory;
import dev.ember.tenant.TenantStatements;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Finds the configs that servers must run, as Heat shows them. */
@ApplicationScoped
class ServerConfigs {

    private static final Rendering CONFIGS = new Rendering(
            "d.id || ' ' || d.config_id",
            SoftwareDeploymentSql.OF_SERVER,
            "select c.name, c.size, case when c.size <= bound.largest then " + SoftwareConfigQueries.JSON
                    + " end as json from (" + SoftwareConfigQueries.ofDeployment(SoftwareConfigQueries.COLUMNS)
                    + ") c",
            "c.size",
            "c.json",
            "{\"metadata\":[",
            "]}");

    private final ServerLookup lookup;

    ServerConfigs(TenantDirectory directory, TenantStatements statements) {
        lookup = new ServerLookup(directory, statements, "metadata", CONFIGS);
    }

    /** Returns the lookup of configs by server. A server without configs is not found. */
    JsonLookup lookup() {
        return lookup.lists();
    }

    /** Finds the tag of the configs of a server without reading the configs. Empty when the server has no configs. */
    CompletionStage<Optional<String>> findTag(Key server) {
        return lookup.findTag(server);
    }

    @PreDestroy
    void close() {
        lookup.close();
    }
}
