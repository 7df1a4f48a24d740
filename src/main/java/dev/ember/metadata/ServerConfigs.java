package dev.ember.metadata;

import dev.ember.config.SoftwareConfigQueries;
import dev.ember.database.JsonLookup;
import dev.ember.database.JsonLookup.Found;
import dev.ember.database.JsonLookup.Key;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.hibernate.SessionFactory;

/**
 * What servers are to run: the config of each deployment to them, in the order of names, then of the deployments. A
 * deployment whose config is not kept here, or is another tenant's, adds nothing.
 *
 * <p>The tag of a state is the SHA-256 of each deployment and its config, in the order of the deployments. Configs do
 * not change, so that nothing else tells one state from another.
 */
@ApplicationScoped
class ServerConfigs {

    /**
     * A deployment of a project that is both tenant and stack user's counts once.
     *
     * <p>The limit keeps PostgreSQL to the index. Without it all configs are read where one server has so very many
     * deployments that PostgreSQL expects hundreds of any.
     */
    private static final String SERVERS =
            """
            select server.number, encode(sha256(convert_to(
             string_agg(d.id || ' ' || d.config_id, ',' order by d.id), 'UTF8')), 'hex')%s
            from unnest(?::text[], ?::text[]) with ordinality as server (project, id, number)
            cross join (values (?::bigint)) as bound (largest)
            cross join lateral (
                select id, tenant_id, config_id from software_deployment
                where tenant_id = server.project and server_id = server.id
                union all
                select id, tenant_id, config_id from software_deployment
                where stack_user_project_id = server.project and server_id = server.id
                 and tenant_id <> server.project) d
            cross join lateral (%s) c
            group by server.number, bound.largest""";

    private static final String CONFIG =
            "select %s from software_config where tenant_id = d.tenant_id and id = d.config_id limit 1";

    /** Reads nothing but indexes. */
    private static final String FIND_TAGS = SERVERS.formatted(", 0, null", CONFIG.formatted("1"));

    /** A config that is too large by itself is not rendered, nor is the whole when it is. */
    private static final String FIND = SERVERS.formatted(
            """
            , sum(c.size)::bigint, case when sum(c.size) <= bound.largest
             then '{"metadata":[' || string_agg(c.json, ',' order by coalesce(c.name, ''), d.id) || ']}' end""",
            "select c.name, c.size, case when c.size <= bound.largest then " + SoftwareConfigQueries.JSON
                    + " end as json from (" + CONFIG.formatted(SoftwareConfigQueries.COLUMNS) + ") c");

    /** The most servers whose tags are read with a query. */
    private static final int BATCH_OF_TAGS = 100;

    /** The most servers whose configs are read with a query. */
    private static final int BATCH = 8;

    private final JsonLookup tags;
    private final JsonLookup configs;

    ServerConfigs(SessionFactory sessions) {
        tags = new JsonLookup(sessions, "metadata-tags", FIND_TAGS, BATCH_OF_TAGS);
        configs = new JsonLookup(sessions, "metadata", FIND, BATCH);
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
}
