package dev.ember.packaged;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ember.development.DevelopmentDatabase;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The first server of the URL accepts connections and does not respond, as a primary that is frozen. */
class UnresponsiveServerIT {

    private static final String BODY = """
            {"config_id": "c", "server_id": "s", "action": "a"}""";

    @Test
    void startsAndServesWithTheNextServer() throws Exception {
        try (EmbeddedPostgres database = DevelopmentDatabase.builder().start();
                ServerSocket unresponsive = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            String url = database.getJdbcUrl("postgres", "postgres");
            try (PackagedService migration = new PackagedService(settings(url), "migrate")) {
                assertEquals(0, migration.awaitExit());
            }
            String first = "jdbc:postgresql://127.0.0.1:" + unresponsive.getLocalPort() + ",";
            String both = url.replace("jdbc:postgresql://", first) + "&targetServerType=primary&hostRecheckSeconds=1";

            try (PackagedService service = new PackagedService(settings(both))) {
                service.awaitReady();

                assertEquals(
                        200, service.post("/v1/t/software_deployments", BODY).statusCode());
            }
        }
    }

    private static Map<String, String> settings(String url) {
        return Map.of(
                "QUARKUS_DATASOURCE_JDBC_URL", url,
                "QUARKUS_DATASOURCE_USERNAME", "postgres",
                "QUARKUS_DATASOURCE_PASSWORD", "postgres",
                "QUARKUS_SHUTDOWN_DELAY", "0S",
                "EMBER_IDENTITY", "none");
    }
}
