package dev.ember.agent;

import dev.ember.config.SoftwareConfigQueries;
import dev.ember.database.JsonSql;
import dev.ember.deployment.SoftwareDeploymentSql;
import dev.ember.metadata.ServerLookup;
import dev.ember.metadata.ServerLookup.Rendering;
import dev.ember.tenant.JsonLookup;
import dev.ember.tenant.JsonLookup.Key;
import dev.ember.tenant.TenantDirectory;
import dev.ember.tenant.TenantStatements;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Finds the deployments to servers with their configs, in the order of Heat's metadata. A run begins whenever something
 * changes that an agent reads, so the runs distinguish two states.
 */
@ApplicationScoped
class AgentDeployments {

    /** The list of a server without deployments. */
    static final byte[] NONE = {'[', ']'};

    /** One array for each deployment, with the values of {@link AgentEntry}. */
    private static final Rendering DEPLOYMENTS = new Rendering(
            "d.id || ' ' || d.config_id || ' ' || d.run",
            """
            select id, tenant_id, config_id, run, action, size,
             case when size <= bound.largest then input_values end as input_values
            from (%s) s"""
                    .formatted(SoftwareDeploymentSql.ofServer("id, tenant_id, config_id, run, action, input_values, "
                            + JsonSql.size(List.of("input_values"), List.of("action")) + " as size")),
            """
            select name, group_name, size, case when size <= bound.largest then config end as config,
             inputs, outputs, case when size <= bound.largest then options end as options
            from (%s) s"""
                    .formatted(SoftwareConfigQueries.ofDeployment(SoftwareConfigQueries.COLUMNS)),
            "d.size + c.size",
            """
            json_build_array(d.tenant_id, d.id, d.run, d.config_id, d.action, d.input_values, c.name, c.group_name, c.config,
             c.inputs, c.outputs, c.options)::text""",
            "[",
            "]");

    private final ServerLookup lookup;

    AgentDeployments(TenantDirectory directory, TenantStatements statements) {
        lookup = new ServerLookup(directory, statements, "agent", DEPLOYMENTS);
    }

    /** Returns the lookup of deployments by server. A server without deployments is not found. */
    JsonLookup lookup() {
        return lookup.lists();
    }

    /** Finds the tag of the deployments to a server. Empty when there are none. */
    CompletionStage<Optional<String>> findTag(Key server) {
        return lookup.findTag(server);
    }

    @PreDestroy
    void close() {
        lookup.close();
    }
}
