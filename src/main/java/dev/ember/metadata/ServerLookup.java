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
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Looks up what servers must run, as a JSON list with an entry for each deployment to the server. Entries are ordered
 * by the name of the config and then by deployment. A deployment is skipped when its config is not stored here or
 * belongs to another tenant.
 *
 * <p>The tag of a state is the SHA-256 of the state of each deployment, in the order of the deployments. Configs are
 * immutable, so nothing else distinguishes two states.
 */
public final class ServerLookup implements AutoCloseable {

    private static final String SERVERS =
            """
            select wanted.number, encode(sha256(convert_to(
             string_agg(%s, ',' order by d.id), 'UTF8')), 'hex'), %s
            from unnest(?::int[], ?::text[], ?::text[], ?::text[]) as wanted (number, tenant, project, id)
            cross join (values (?::bigint)) as bound (largest)
            cross join lateral (%s) d
            cross join lateral (%s) c
            group by wanted.number, bound.largest""";

    /** Renders the list only when the total size is within the limit. */
    private static final String LIST =
            """
            sum(%1$s)::bigint, case when sum(%1$s) <= bound.largest
             then '%2$s' || string_agg(%3$s, ',' order by coalesce(c.name, ''), d.id) || '%4$s' end""";

    /** The maximum number of servers whose tags are read in one query. */
    private static final int TAG_BATCH_SIZE = 100;

    /** The maximum number of servers whose entries are read in one query. */
    private static final int BATCH_SIZE = 8;

    private final Rendering rendering;
    private final JsonLookup tags;
    private final JsonLookup lists;

    /**
     * What the entries contain, in SQL.
     *
     * @param state the state of a deployment {@code d}, of the columns of {@link SoftwareDeploymentSql#OF_SERVER}
     * @param deployments selects the deployments {@code d} to a server
     * @param configs selects the config {@code c} of a deployment, with its name
     * @param size an upper bound of the bytes of an entry
     * @param entry the JSON of an entry
     * @param start the JSON before the first entry
     * @param end the JSON after the last entry
     */
    public record Rendering(
            String state, String deployments, String configs, String size, String entry, String start, String end) {

        /** Reads only indexes. */
        private TenantSql tags() {
            return new TenantSql(SERVERS.formatted(
                    state, "0, null", SoftwareDeploymentSql.OF_SERVER, SoftwareConfigQueries.ofDeployment("1")));
        }

        private TenantSql lists() {
            return new TenantSql(
                    SERVERS.formatted(state, LIST.formatted(size, start, entry, end), deployments, configs));
        }
    }

    /** @param name the name of the threads */
    public ServerLookup(TenantDirectory directory, TenantStatements statements, String name, Rendering rendering) {
        this.rendering = rendering;
        tags = new JsonLookup(
                directory,
                statements,
                name + "-tags",
                rendering.tags(),
                Reach.ALL_TENANTS,
                TAG_BATCH_SIZE,
                this::merge);
        lists = new JsonLookup(
                directory, statements, name, rendering.lists(), Reach.ALL_TENANTS, BATCH_SIZE, this::merge);
    }

    /** Returns the lookup of lists by server. A server without entries is not found. */
    public JsonLookup lists() {
        return lists;
    }

    /** Finds the tag of the list of a server without reading the list. Empty when the server has no entries. */
    public CompletionStage<Optional<String>> findTag(Key server) {
        return tags.find(server).thenApply(found -> found.map(Found::tag));
    }

    @Override
    public void close() {
        tags.close();
        lists.close();
    }

    /** Appends the entries of another tenant to those of the first one. */
    private Found merge(Found first, Found second) {
        return new Found(
                first.tag() + '+' + second.tag(),
                first.size() + second.size(),
                first.json() == null || second.json() == null ? null : join(first.json(), second.json()));
    }

    private byte[] join(byte[] first, byte[] second) {
        int start = rendering.start().length();
        int end = first.length - rendering.end().length();
        return ByteBuffer.allocate(end + 1 + second.length - start)
                .put(first, 0, end)
                .put((byte) ',')
                .put(second, start, second.length - start)
                .array();
    }
}
