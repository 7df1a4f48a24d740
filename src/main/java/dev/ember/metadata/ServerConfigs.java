package dev.ember.metadata;

import dev.ember.config.SoftwareConfigQueries;
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
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Finds the configs that servers must run: the config of each deployment to the server, ordered by name and then by
 * deployment. A deployment is skipped when its config is not stored here or belongs to another tenant.
 *
 * <p>The tag of a state is the SHA-256 of the ids of each deployment and its config, in the order of the deployments.
 * Configs are immutable, so nothing else distinguishes two states.
 */
@ApplicationScoped
class ServerConfigs {

    private static final String SERVERS =
            """
            select wanted.number, encode(sha256(convert_to(
             string_agg(d.id || ' ' || d.config_id, ',' order by d.id), 'UTF8')), 'hex')%s
            from unnest(?::int[], ?::text[], ?::text[], ?::text[]) as wanted (number, tenant, project, id)
            cross join (values (?::bigint)) as bound (largest)
            cross join lateral (%s) d
            cross join lateral (%s) c
            group by wanted.number, bound.largest""";

    /** Reads only indexes. */
    private static final TenantSql FIND_TAGS = new TenantSql(
            SERVERS.formatted(", 0, null", SoftwareDeploymentSql.OF_SERVER, SoftwareConfigQueries.ofDeployment("1")));

    /** Renders a config only when it is within the size limit, and the result only when the total is. */
    private static final TenantSql FIND = new TenantSql(SERVERS.formatted(
            """
            , sum(c.size)::bigint, case when sum(c.size) <= bound.largest
             then '{"metadata":[' || string_agg(c.json, ',' order by coalesce(c.name, ''), d.id) || ']}' end""",
            SoftwareDeploymentSql.OF_SERVER,
            "select c.name, c.size, case when c.size <= bound.largest then " + SoftwareConfigQueries.JSON
                    + " end as json from (" + SoftwareConfigQueries.ofDeployment(SoftwareConfigQueries.COLUMNS)
                    + ") c"));

    /** The maximum number of servers whose tags are read in one query. */
    private static final int TAG_BATCH_SIZE = 100;

    /** The maximum number of servers whose configs are read in one query. */
    private static final int BATCH_SIZE = 8;

    private final JsonLookup tags;
    private final JsonLookup configs;

    ServerConfigs(TenantDirectory directory, TenantStatements statements) {
        tags = new JsonLookup(
                directory,
                statements,
                "metadata-tags",
                FIND_TAGS,
                Reach.ALL_TENANTS,
                TAG_BATCH_SIZE,
                ServerConfigs::merge);
        configs = new JsonLookup(
                directory, statements, "metadata", FIND, Reach.ALL_TENANTS, BATCH_SIZE, ServerConfigs::merge);
    }

    /** Returns the lookup of configs by server. A server without configs is not found. */
    JsonLookup lookup() {
        return configs;
    }

    /** Finds the tag of the configs of a server without reading the configs. Empty when the server has no configs. */
    CompletionStage<Optional<String>> findTag(Key server) {
        return tags.find(server).thenApply(found -> found.map(Found::tag));
    }

    @PreDestroy
    void close() {
        tags.close();
        configs.close();
    }

    /** Appends the configs of another tenant to those of the first one. */
    private static Found merge(Found first, Found second) {
        return new Found(
                first.tag() + '+' + second.tag(),
                first.size() + second.size(),
                first.json() == null || second.json() == null ? null : join(first.json(), second.json()));
    }

    private static byte[] join(byte[] first, byte[] second) {
        int start = "{\"metadata\":[".length();
        int end = first.length - "]}".length();
        ByteBuffer joined = ByteBuffer.allocate(end + 1 + second.length - start);
        return joined.put(first, 0, end)
                .put((byte) ',')
                .put(second, start, second.length - start)
                .array();
    }
}
