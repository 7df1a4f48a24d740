package dev.ember.metadata;

import dev.ember.config.ServerConfig;
import dev.ember.etag.EntityTag;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/**
 * What the metadata of a server is called: the SHA-256 of each deployment and its config, in the order of the
 * deployments. Configs do not change, so that nothing else tells one state from another.
 */
@ApplicationScoped
class MetadataTags {

    /** Reads nothing but indexes; a deployment of a project that is tenant and stack user's counts once. */
    private static final String TAG =
            """
            select encode(sha256(convert_to(coalesce(string_agg(d.id || ' ' || d.config_id, ',' order by d.id), ''),
             'UTF8')), 'hex')
            from (
                select id, tenant_id, config_id from software_deployment
                where tenant_id = ? and server_id = ?
                union all
                select id, tenant_id, config_id from software_deployment
                where stack_user_project_id = ? and server_id = ? and tenant_id <> ?) d
            where exists (select from software_config c where c.tenant_id = d.tenant_id and c.id = d.config_id)""";

    private final DataSource database;

    MetadataTags(DataSource database) {
        this.database = database;
    }

    /** The tag of the metadata that a project sees now. Asks the database once, without a transaction. */
    EntityTag of(String project, String serverId) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement(TAG)) {
            query.setString(1, project);
            query.setString(2, serverId);
            query.setString(3, project);
            query.setString(4, serverId);
            query.setString(5, project);
            try (ResultSet result = query.executeQuery()) {
                result.next();
                return new EntityTag(result.getString(1));
            }
        }
    }

    /** The tag of metadata that was read. */
    static EntityTag of(List<ServerConfig> configs) {
        String text = configs.stream()
                .map(config -> config.deployment() + " " + config.config().id)
                .sorted()
                .collect(Collectors.joining(","));
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return new EntityTag(HexFormat.of().formatHex(digest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
