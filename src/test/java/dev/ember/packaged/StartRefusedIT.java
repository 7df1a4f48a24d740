package dev.ember.packaged;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StartRefusedIT {

    private static final String DATABASE = "QUARKUS_DATASOURCE_JDBC_URL";
    private static final String NOWHERE = "jdbc:postgresql://localhost:1/ember";

    @Test
    void saysThatTheDatabaseIsNotSet() throws Exception {
        assertRefused(
                Map.of("EMBER_IDENTITY", "none"),
                "QUARKUS_DATASOURCE_JDBC_URL is not set. Set it to the address of a PostgreSQL database, such as"
                        + " jdbc:postgresql://localhost:5432/ember, and QUARKUS_DATASOURCE_USERNAME and"
                        + " QUARKUS_DATASOURCE_PASSWORD to a role that may use it.");
    }

    @Test
    void saysThatTheIdentityIsNotSet() throws Exception {
        assertRefused(
                Map.of(DATABASE, NOWHERE),
                "EMBER_IDENTITY is not set. Set EMBER_IDENTITY=keystone to have Keystone validate the token of each request, or"
                        + " EMBER_IDENTITY=none to trust the tenant in the path and accept any token;"
                        + " then only trusted clients must be able to reach the service.");
    }

    @Test
    void saysThatTheIdentityIsUnknown() throws Exception {
        assertRefused(
                Map.of(DATABASE, NOWHERE, "EMBER_IDENTITY", "None"),
                "EMBER_IDENTITY is 'None'. Set EMBER_IDENTITY=keystone to have Keystone validate the token of each request, or"
                        + " EMBER_IDENTITY=none to trust the tenant in the path and accept any token;"
                        + " then only trusted clients must be able to reach the service.");
    }

    @Test
    void saysThatTheConfigReferencesAreUnknown() throws Exception {
        assertRefused(
                Map.of(DATABASE, NOWHERE, "EMBER_IDENTITY", "none", "EMBER_CONFIG_REFERENCES", "Known"),
                "EMBER_CONFIG_REFERENCES is 'Known'; it must be any or known.");
    }

    private static void assertRefused(Map<String, String> environment, String sentence)
            throws IOException, InterruptedException {
        try (PackagedService service = new PackagedService(environment)) {
            assertEquals(1, service.awaitExit());
            assertEquals(sentence, service.output().strip());
        }
    }
}
