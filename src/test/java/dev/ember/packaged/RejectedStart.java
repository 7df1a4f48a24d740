package dev.ember.packaged;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.Map;

/** Starts the packaged service with settings that it must reject. */
abstract class RejectedStart {

    static final String DATABASE = "QUARKUS_DATASOURCE_JDBC_URL";
    static final String NOWHERE = "jdbc:postgresql://localhost:1/ember";

    static void assertRejected(Map<String, String> environment, String sentence)
            throws IOException, InterruptedException {
        try (PackagedService service = new PackagedService(environment)) {
            assertEquals(1, service.awaitExit());
            assertEquals(sentence, service.output().strip());
        }
    }
}
