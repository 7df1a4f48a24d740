package dev.ember.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ComposeTest {

    @Test
    void startsTheMigrationAfterTheDatabaseAndTheServiceAfterTheMigration() throws IOException {
        Compose compose = Compose.read();
        assertNotNull(compose.services().get("postgresql").healthcheck());
        assertEquals(
                Map.of("postgresql", new Compose.Dependency("service_healthy")),
                compose.migrate().dependsOn());
        assertEquals(
                Map.of("migrate", new Compose.Dependency("service_completed_successfully")),
                compose.ember().dependsOn());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ember", "migrate"})
    void runsWithMinimalPrivileges(String name) throws IOException {
        Compose.Service service = Compose.read().services().get(name);
        assertEquals(List.of(service.user()), Dockerfiles.users());
        assertTrue(service.readOnly());
        assertEquals(List.of("ALL"), service.capDrop());
        assertEquals(List.of("no-new-privileges:true"), service.securityOpt());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ember", "migrate"})
    void buildsTheImageFromThisRepository(String name) throws IOException {
        Compose.Service service = Compose.read().services().get(name);
        var context = Manifest.DEPLOY.resolve(service.build().context()).normalize();
        assertTrue(Files.exists(context.resolve("pom.xml")));
        assertTrue(Files.exists(context.resolve(service.build().dockerfile())));
    }

    @Test
    void connectsToTheDatabaseOfTheComposeFile() throws IOException {
        Compose compose = Compose.read();
        Map<String, String> database = compose.services().get("postgresql").environment();
        Map<String, String> expected = Map.of(
                "QUARKUS_DATASOURCE_JDBC_URL", "jdbc:postgresql://postgresql:5432/" + database.get("POSTGRES_DB"),
                "QUARKUS_DATASOURCE_USERNAME", database.get("POSTGRES_USER"),
                "QUARKUS_DATASOURCE_PASSWORD", database.get("POSTGRES_PASSWORD"));
        for (var service : List.of(compose.ember(), compose.migrate())) {
            assertTrue(service.environment().entrySet().containsAll(expected.entrySet()));
        }
    }

    @Test
    void publishesItsPortOnLoopbackOnly() throws IOException {
        Compose compose = Compose.read();
        int port = Application.port();
        assertEquals(List.of("127.0.0.1:" + port + ":" + port), compose.ember().ports());
        assertNull(compose.migrate().ports());
        assertNull(compose.services().get("postgresql").ports());
    }
}
