package dev.ember.agent;

import dev.ember.config.SoftwareConfigQueries;
import dev.ember.database.JsonSql;
import dev.ember.deployment.SoftwareDeploymentSql;
import dev.ember.tenant.JsonLookup;
import dev.ember.tenant.JsonLookup.Found;
import dev.ember.tenant.JsonLookup.Key;
import dev.ember.tenant.JsonLookup.Reach;
import dev.ember.tenant.TenantDirectory;
import dev.ember.tenant.TenantSql;
import dev.ember.tenant.TenantStatements;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Reads the deployments to a server with their configs, in the order of Heat's metadata: by the name of the config,
 * then by creation. Deployments whose config is not stored here are left out.
 *
 * <p>The tag of a state is the SHA-256 of the id, the config and the run of each deployment. A run begins whenever
 * something changes that an agent reads, and configs do not change.
 */
@ApplicationScoped
class AgentDeployments {

    private static final String SERVERS =
            """
            select wanted.number, encode(sha256(convert_to(
             string_agg(d.id || ' ' || d.config_id || ' ' || d.run, ',' order by d.id), 'UTF8')), 'hex')%s
            from unnest(?::int[], ?::text[], ?::text[], ?::text[]) as wanted (number, tenant, project, id)
            cross join (values (?::bigint)) as bound (largest)
            cross join lateral (%s) d
            cross join lateral (%s) c
            group by wanted.number, bound.largest""";

    /** Reads nothing but indexes. */
    private static final TenantSql FIND_TAGS = new TenantSql(
            SERVERS.formatted(", 0, null", SoftwareDeploymentSql.OF_SERVER, SoftwareConfigQueries.ofDeployment("1")));

    /** One array for each deployment, with the values of {@link AgentEntry}. The JSON of columns is text in it. */
    private static final TenantSql FIND = new TenantSql(SERVERS.formatted(
            """
            , sum(d.size + c.size)::bigint, case when sum(d.size + c.size) <= bound.largest then
             string_agg(json_build_array(d.tenant_id, d.id, d.run, d.config_id, d.action, d.input_values, c.name,
              c.group_name, c.config, c.inputs, c.outputs, c.options)::text, ',' order by coalesce(c.name, ''), d.id) end""",
            """
            select id, tenant_id, config_id, run, action, size,
             case when size <= bound.largest then input_values::text end as input_values
            from (%s) s"""
                    .formatted(SoftwareDeploymentSql.ofServer("id, tenant_id, config_id, run, action, input_values, "
                            + JsonSql.size(List.of("input_values"), List.of("action")) + " as size")),
            """
            select name, group_name, size, case when size <= bound.largest then config::text end as config,
             inputs::text, outputs::text, case when size <= bound.largest then options::text end as options
            from (%s) s"""
                    .formatted(SoftwareConfigQueries.ofDeployment(SoftwareConfigQueries.COLUMNS))));

    /** The most servers whose tags are read with a query. */
    private static final int BATCH_OF_TAGS = 100;

    /** The most servers whose deployments are read with a query. */
    private static final int BATCH = 8;

    private final JsonLookup tags;
    private final JsonLookup deployments;

    AgentDeployments(TenantDirectory directory, TenantStatements statements) {
        tags = new JsonLookup(
                directory,
                statements,
                "agent-tags",
                FIND_TAGS,
                Reach.ALL_TENANTS,
                BATCH_OF_TAGS,
                AgentDeployments::merge);
        deployments =
                new JsonLookup(directory, statements, "agent", FIND, Reach.ALL_TENANTS, BATCH, AgentDeployments::merge);
    }

    @PreDestroy
    void close() {
        tags.close();
        deployments.close();
    }

    /** Looks up deployments to servers. Servers without deployments are not found. */
    JsonLookup lookup() {
        return deployments;
    }

    /** The tag of the deployments to a server; empty when there are none. */
    CompletionStage<Optional<String>> tagOf(Key server) {
        return tags.find(server).thenApply(found -> found.map(Found::tag));
    }

    /** The deployments of one tenant, then those of another one. */
    private static Found merge(Found first, Found second) {
        return new Found(
                first.tag() + '+' + second.tag(),
                first.size() + second.size(),
                first.json() == null || second.json() == null ? null : join(first.json(), second.json()));
    }

    private static byte[] join(byte[] first, byte[] second) {
        return ByteBuffer.allocate(first.length + 1 + second.length)
                .put(first)
                .put((byte) ',')
                .put(second)
                .array();
    }
}
