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
 * What servers are to run: the config of each deployment to them, in the order of names, then of the deployments. A
 * deployment whose config is not kept here, or is another tenant's, adds nothing.
 *
 * <p>The tag of a state is the SHA-256 of each deployment and its config, in the order of the deployments. Configs do
 * not change, so that nothing else tells one state from another.
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

    /** Reads nothing but indexes. */
    private static final TenantSql FIND_TAGS = new TenantSql(
            SERVERS.formatted(", 0, null", SoftwareDeploymentSql.OF_SERVER, SoftwareConfigQueries.ofDeployment("1")));

    /** A config that is too large by itself is not rendered, nor is the whole when it is. */
    private static final TenantSql FIND = new TenantSql(SERVERS.formatted(
            """
            , sum(c.size)::bigint, case when sum(c.size) <= bound.largest
             then '{"metadata":[' || string_agg(c.json, ',' order by coalesce(c.name, ''), d.id) || ']}' end""",
            SoftwareDeploymentSql.OF_SERVER,
            "select c.name, c.size, case when c.size <= bound.largest then " + SoftwareConfigQueries.JSON
                    + " end as json from (" + SoftwareConfigQueries.ofDeployment(SoftwareConfigQueries.COLUMNS)
                    + ") c"));

    /** The most servers whose tags are read with a query. */
    private static final int BATCH_OF_TAGS = 100;

    /** The most servers whose configs are read with a query. */
    private static final int BATCH = 8;

    private final JsonLookup tags;
    private final JsonLookup configs;

    ServerConfigs(TenantDirectory directory, TenantStatements statements) {
        tags = new JsonLookup(
                directory,
                statements,
                "metadata-tags",
                FIND_TAGS,
                Reach.ALL_TENANTS,
                BATCH_OF_TAGS,
                ServerConfigs::merge);
        configs =
                new JsonLookup(directory, statements, "metadata", FIND, Reach.ALL_TENANTS, BATCH, ServerConfigs::merge);
    }

    /** Looks up what servers are to run; servers that are to run nothing are not found. */
    JsonLookup lookup() {
        return configs;
    }

    /** The tag of what a server is to run, which is less to read; empty when it is to run nothing. */
    CompletionStage<Optional<String>> tagOf(Key server) {
        return tags.find(server).thenApply(found -> found.map(Found::tag));
    }

    @PreDestroy
    void close() {
        tags.close();
        configs.close();
    }

    /** The configs of one tenant, then those of another one. */
    private static Found merge(Found first, Found second) {
        return new Found(
                first.tag() + '+' + second.tag(),
                first.size() + second.size(),
                first.json() == null || second.json() == null ? null : join(first.json(), second.json()));
    }

    private static byte[] join(byte[] first, byte[] second) {
        int begin = "{\"metadata\":[".length();
        int end = first.length - "]}".length();
        ByteBuffer joined = ByteBuffer.allocate(end + 1 + second.length - begin);
        return joined.put(first, 0, end)
                .put((byte) ',')
                .put(second, begin, second.length - begin)
                .array();
    }
}
