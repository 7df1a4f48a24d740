package dev.ember.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.ember.TestDatabase;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.AgroalConnectionFactoryConfiguration;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** The first server of the URL accepts connections and does not respond, as a primary that is frozen. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class UnresponsiveServerTest {

    @Inject
    AgroalDataSource pool;

    @Test
    void connectsToTheNextServer() throws IOException {
        // The kernel accepts connections until the backlog is full.
        try (ServerSocket unresponsive = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            AgroalConnectionFactoryConfiguration configuration =
                    pool.getConfiguration().connectionPoolConfiguration().connectionFactoryConfiguration();
            String first = "jdbc:postgresql://127.0.0.1:" + unresponsive.getLocalPort() + ",";
            String url = configuration.jdbcUrl().replace("jdbc:postgresql://", first) + "&targetServerType=primary";

            assertEquals(
                    1,
                    assertTimeoutPreemptively(
                            Duration.ofSeconds(10), () -> select(url, configuration.jdbcProperties())));
        }
    }

    private static int select(String url, Properties configured) throws SQLException {
        Properties properties = new Properties();
        properties.putAll(configured);
        properties.setProperty("user", "postgres");
        properties.setProperty("password", "postgres");
        try (Connection connection = DriverManager.getConnection(url, properties);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select 1")) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
