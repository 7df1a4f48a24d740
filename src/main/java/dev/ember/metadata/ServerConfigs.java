package dev.ember.metadata;

import dev.ember.config.SoftwareConfigView;
import dev.ember.database.Grouping;
import dev.ember.database.JsonTextConverter;
import dev.ember.etag.EntityTag;
import dev.ember.json.JsonText;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;

/**
 * What servers are to run: the config of each deployment to them, in the order of names, then of the deployments. A
 * deployment whose config is not kept here, or is another tenant's, adds nothing. Servers that concurrent requests ask
 * for are read with one query.
 *
 * <p>A state is called by the SHA-256 of each deployment and its config, in the order of the deployments. Configs do
 * not change, so that nothing else tells one state from another.
 */
@ApplicationScoped
class ServerConfigs {

    private interface Row {
        void read(ResultSet row) throws SQLException;
    }

    /** A deployment of a project that is both tenant and stack user's counts once. */
    private static final String DEPLOYMENTS =
            """
            from unnest(?::text[], ?::text[]) with ordinality as server (project, id, number) cross join lateral (
                select id, tenant_id, config_id from software_deployment
                where tenant_id = server.project and server_id = server.id
                union all
                select id, tenant_id, config_id from software_deployment
                where stack_user_project_id = server.project and server_id = server.id
                 and tenant_id <> server.project) d
            """;

    /**
     * The limit keeps PostgreSQL to the index. Without it all configs are read where one server has so very many
     * deployments that PostgreSQL expects hundreds of any.
     */
    private static final String READ =
            """
            select server.number, d.id, c.id, c.name, c.group_name, c.created_at, c.config, c.inputs, c.outputs, c.options
            """
                    + DEPLOYMENTS
                    + """
            cross join lateral (
                select * from software_config where tenant_id = d.tenant_id and id = d.config_id limit 1) c
            order by server.number, coalesce(c.name, ''), d.id""";

    /** Reads nothing but indexes; the limit is as above. */
    private static final String TAG =
            """
            select server.number, encode(sha256(convert_to(
             string_agg(d.id || ' ' || d.config_id, ',' order by d.id), 'UTF8')), 'hex')
            """
                    + DEPLOYMENTS
                    + """
            cross join lateral (
                select from software_config where tenant_id = d.tenant_id and id = d.config_id limit 1) c
            group by server.number""";

    /** Tags are small. */
    private static final int LARGEST_GROUP_OF_TAGS = 100;

    /** The configs of a server may take megabytes. */
    private static final int LARGEST_GROUP = 8;

    private static final EntityTag NOTHING = tagOf("");
    private static final JsonTextConverter JSON = new JsonTextConverter();

    private final SessionFactory sessions;
    private final Grouping<Server, EntityTag> tags =
            new Grouping<>("metadata-tags", LARGEST_GROUP_OF_TAGS, this::readTags);
    private final Grouping<Server, List<ServerConfig>> configs =
            new Grouping<>("metadata", LARGEST_GROUP, this::readConfigs);

    ServerConfigs(SessionFactory sessions) {
        this.sessions = sessions;
    }

    /** What a server is to run now. */
    CompletionStage<List<ServerConfig>> of(Server server) {
        return configs.join(server);
    }

    /** What that is called, which is less to read. */
    CompletionStage<EntityTag> tagOf(Server server) {
        return tags.join(server);
    }

    /** What configs that were read are called. */
    static EntityTag tagOf(List<ServerConfig> configs) {
        return tagOf(configs.stream()
                .map(config -> config.deployment() + " " + config.config().id())
                .sorted()
                .collect(Collectors.joining(",")));
    }

    @PreDestroy
    void close() {
        tags.close();
        configs.close();
    }

    private List<List<ServerConfig>> readConfigs(List<Server> servers) {
        List<List<ServerConfig>> found = servers.stream()
                .<List<ServerConfig>>map(server -> new ArrayList<>())
                .toList();
        read(READ, servers, row -> found.get(row.getInt(1) - 1).add(config(row)));
        return found;
    }

    private List<EntityTag> readTags(List<Server> servers) {
        List<EntityTag> found = new ArrayList<>(Collections.nCopies(servers.size(), NOTHING));
        read(TAG, servers, row -> found.set(row.getInt(1) - 1, new EntityTag(row.getString(2))));
        return found;
    }

    private void read(String sql, List<Server> servers, Row reader) {
        try (StatelessSession session = sessions.openStatelessSession()) {
            session.doWork(connection -> {
                try (PreparedStatement query = connection.prepareStatement(sql)) {
                    query.setArray(1, texts(connection, servers, Server::project));
                    query.setArray(2, texts(connection, servers, Server::id));
                    ResultSet rows = query.executeQuery();
                    while (rows.next()) {
                        reader.read(rows);
                    }
                }
            });
        }
    }

    private static Array texts(Connection connection, List<Server> servers, Function<Server, String> text)
            throws SQLException {
        return connection.createArrayOf("text", servers.stream().map(text).toArray());
    }

    private static ServerConfig config(ResultSet row) throws SQLException {
        return new ServerConfig(
                row.getString(2),
                new SoftwareConfigView(
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        row.getObject(6, OffsetDateTime.class).toInstant().truncatedTo(ChronoUnit.SECONDS),
                        json(row, 7),
                        json(row, 8),
                        json(row, 9),
                        json(row, 10)));
    }

    private static JsonText json(ResultSet row, int column) throws SQLException {
        return JSON.convertToEntityAttribute(row.getString(column));
    }

    private static EntityTag tagOf(String state) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(state.getBytes(StandardCharsets.UTF_8));
            return new EntityTag(HexFormat.of().formatHex(digest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
