package dev.ember.metadata;

import dev.ember.database.Grouping;
import dev.ember.etag.EntityTag;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;

/**
 * What servers are to run: the config of each deployment to them, in the order of names, then of the deployments. A
 * deployment whose config is not kept here, or is another tenant's, adds nothing. Servers that concurrent requests ask
 * for are read with one query, and PostgreSQL writes the JSON: as one value it comes for a fraction of what its parts
 * cost on their way.
 *
 * <p>A state is called by the SHA-256 of each deployment and its config, in the order of the deployments. Configs do
 * not change, so that nothing else tells one state from another.
 */
@ApplicationScoped
class ServerConfigs {

    private interface Row<A> {
        A read(ResultSet row) throws SQLException;
    }

    /** Configs as {@link dev.ember.config.SoftwareConfigView} describes them. */
    private static final String JSON =
            """
            , '{"metadata":[' || string_agg(row_to_json(c)::text, ',' order by coalesce(c.name, ''), d.id) || ']}'""";

    private static final String CONFIG =
            """
            id, name, group_name as "group", to_char(created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as creation_time,
             config, inputs, outputs, options""";

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
            from unnest(?::text[], ?::text[]) with ordinality as server (project, id, number) cross join lateral (
                select id, tenant_id, config_id from software_deployment
                where tenant_id = server.project and server_id = server.id
                union all
                select id, tenant_id, config_id from software_deployment
                where stack_user_project_id = server.project and server_id = server.id
                 and tenant_id <> server.project) d
            cross join lateral (
                select %s from software_config where tenant_id = d.tenant_id and id = d.config_id limit 1) c
            group by server.number""";

    /** Reads nothing but indexes. */
    private static final String READ_TAGS = SERVERS.formatted("", "");

    private static final String READ = SERVERS.formatted(JSON, CONFIG);

    /** Tags are small. */
    private static final int LARGEST_GROUP_OF_TAGS = 100;

    /** The configs of a server may take megabytes. */
    private static final int LARGEST_GROUP = 8;

    private final SessionFactory sessions;
    private final Grouping<Server, EntityTag> tags =
            new Grouping<>("metadata-tags", LARGEST_GROUP_OF_TAGS, this::readTags);
    private final Grouping<Server, Metadata> configs = new Grouping<>("metadata", LARGEST_GROUP, this::readConfigs);

    ServerConfigs(SessionFactory sessions) {
        this.sessions = sessions;
    }

    /** What a server is to run now. */
    CompletionStage<Metadata> of(Server server) {
        return server.canExist() ? configs.join(server) : CompletableFuture.completedStage(Metadata.NOTHING);
    }

    /** What that is called, which is less to read. */
    CompletionStage<EntityTag> tagOf(Server server) {
        return server.canExist() ? tags.join(server) : CompletableFuture.completedStage(Metadata.NOTHING.tag());
    }

    @PreDestroy
    void close() {
        tags.close();
        configs.close();
    }

    /** The driver and PostgreSQL exchange text in UTF-8, in which it goes on to the client as it came. */
    private List<Metadata> readConfigs(List<Server> servers) {
        return read(READ, servers, Metadata.NOTHING, row -> new Metadata(tag(row), row.getBytes(3)));
    }

    private List<EntityTag> readTags(List<Server> servers) {
        return read(READ_TAGS, servers, Metadata.NOTHING.tag(), ServerConfigs::tag);
    }

    private static EntityTag tag(ResultSet row) throws SQLException {
        return new EntityTag(row.getString(2));
    }

    /** Servers that are to run nothing have no row. */
    private <A> List<A> read(String sql, List<Server> servers, A nothing, Row<A> reader) {
        List<A> found = new ArrayList<>(Collections.nCopies(servers.size(), nothing));
        try (StatelessSession session = sessions.openStatelessSession()) {
            session.doWork(connection -> {
                try (PreparedStatement query = connection.prepareStatement(sql)) {
                    query.setArray(1, texts(connection, servers, Server::project));
                    query.setArray(2, texts(connection, servers, Server::id));
                    ResultSet rows = query.executeQuery();
                    while (rows.next()) {
                        found.set(rows.getInt(1) - 1, reader.read(rows));
                    }
                }
            });
        }
        return found;
    }

    private static Array texts(Connection connection, List<Server> servers, Function<Server, String> text)
            throws SQLException {
        return connection.createArrayOf("text", servers.stream().map(text).toArray());
    }
}
