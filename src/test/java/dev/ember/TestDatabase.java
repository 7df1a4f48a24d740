package dev.ember;

import dev.ember.development.DevelopmentDatabase;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The PostgreSQL server of a test run. The service uses it, and tests inspect the stored rows. */
public final class TestDatabase implements QuarkusTestResourceLifecycleManager {

    /** A system property, because tests use another class loader than the one that starts the server. */
    private static final String URL = "test-database.jdbc-url";

    private EmbeddedPostgres server;

    @Override
    public Map<String, String> start() {
        try {
            server = DevelopmentDatabase.builder()
                    .setServerConfig("track_activity_query_size", "16384")
                    .setServerConfig("logging_collector", "on")
                    .setServerConfig("log_destination", "jsonlog")
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String url = server.getJdbcUrl("postgres", "postgres");
        System.setProperty(URL, url);
        return Map.of(
                "quarkus.datasource.jdbc.url", url,
                "quarkus.datasource.username", "postgres",
                "quarkus.datasource.password", "postgres",
                "ember.identity", "none",
                "ember.board", "true",
                "ember.public-url", "https://ember.test",
                "ember.signing-key", "0123456789abcdef".repeat(4));
    }

    @Override
    public void stop() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a statement directly, not through the service. */
    public static void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(System.getProperty(URL));
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /**
     * Runs a query directly, not through the service, and returns the first column. Parameter symbols in the query are
     * sent unchanged.
     */
    public static List<String> query(String sql, String... settings) {
        try (Connection connection = DriverManager.getConnection(System.getProperty(URL) + "&preferQueryMode=simple");
                Statement statement = connection.createStatement()) {
            for (String setting : settings) {
                statement.execute(setting);
            }
            ResultSet result = statement.executeQuery(sql);
            List<String> column = new ArrayList<>();
            while (result.next()) {
                column.add(result.getString(1));
            }
            return column;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Opens a connection of the test, for example to hold locks. */
    public static Connection connect() throws SQLException {
        return DriverManager.getConnection(System.getProperty(URL));
    }

    /** Counts the deployments of a tenant. */
    public static long deploymentsOf(String tenant) {
        try (Connection connection = DriverManager.getConnection(System.getProperty(URL));
                PreparedStatement query =
                        connection.prepareStatement("select count(*) from software_deployment where tenant_id = ?")) {
            query.setString(1, tenant);
            try (ResultSet result = query.executeQuery()) {
                result.next();
                return result.getLong(1);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
