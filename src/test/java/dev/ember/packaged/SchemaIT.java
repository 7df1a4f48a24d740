package dev.ember.packaged;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ember.development.DevelopmentDatabase;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaIT {

    private static final String DEPLOYMENTS = "/v1/t/software_deployments";
    private static final String BODY = """
            {"config_id": "c", "server_id": "s", "action": "a"}""";
    private static final String EXPANSION =
            """
            alter table software_deployment add column extra integer;
            create index extra_index on software_deployment (extra);
            create table extra (id integer)""";
    private static final String NEWER_VERSION =
            """
            insert into flyway_schema_history
            select 999, '999', 'from the future', type, script, checksum, installed_by, installed_on, 0, true
            from flyway_schema_history where version = '1'""";
    private static final String SLOW_INDEX =
            """
            create schema slow;
            create function slow.build_slowly() returns event_trigger language plpgsql as $$
            begin
                if current_query() like '%software_config_id on%' then
                    perform pg_sleep(3);
                end if;
            end $$;
            create event trigger build_slowly on ddl_command_start when tag in ('CREATE INDEX')
            execute function slow.build_slowly()""";
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private static EmbeddedPostgres server;

    private String database;

    @BeforeAll
    static void startServer() throws IOException {
        server = DevelopmentDatabase.builder().start();
    }

    @AfterAll
    static void stopServer() throws IOException {
        server.close();
    }

    @BeforeEach
    void createDatabase() throws SQLException {
        database = "empty" + DATABASES.incrementAndGet();
        execute("postgres", "create database " + database);
    }

    @Test
    void servingPodsWaitForTheMigrationJob() throws Exception {
        try (PackagedService serving = new PackagedService(environment(false))) {
            serving.await("/q/health/live");
            assertEquals(503, serving.get("/q/health/ready").statusCode());
            assertSchemaMismatch(serving.post(DEPLOYMENTS, BODY));

            assertEquals(0, migrate(""));

            serving.awaitReady();
            assertEquals(200, serving.post(DEPLOYMENTS, BODY).statusCode());
        }
        assertEquals(0, migrate(""));
    }

    @Test
    void twoReplicasCanMigrateAtTheSameTime() throws Exception {
        try (PackagedService one = new PackagedService(environment(true));
                PackagedService other = new PackagedService(environment(true))) {
            one.awaitReady();
            other.awaitReady();
            assertEquals(200, one.post(DEPLOYMENTS, BODY).statusCode());
            assertEquals(200, other.post(DEPLOYMENTS, BODY).statusCode());
        }
    }

    @Test
    void servesOnANewerSchemaThatWasOnlyExpanded() throws Exception {
        assertEquals(0, migrate(""));
        try (PackagedService before = new PackagedService(environment(false))) {
            before.awaitReady();
            for (int i = 0; i < 30; i++) {
                assertEquals(200, before.post(DEPLOYMENTS, BODY).statusCode());
                assertEquals(200, before.get(DEPLOYMENTS + "?limit=1").statusCode());
            }
            execute(database, EXPANSION);
            execute(database, NEWER_VERSION);

            assertServes(before);
            try (PackagedService restarted = new PackagedService(environment(true))) {
                restarted.awaitReady();
                assertServes(restarted);
            }
            assertEquals(0, migrate(""));
            assertServes(before);
        }
    }

    @Test
    void rejectsANewerSchemaThatWasContracted() throws Exception {
        assertEquals(0, migrate(""));
        try (PackagedService before = new PackagedService(environment(false))) {
            before.awaitReady();
            execute(database, NEWER_VERSION);
            execute(database, "update schema_compatibility set oldest_version = 999");

            assertEquals(503, before.get("/q/health/ready").statusCode());
            assertSchemaMismatch(before.post(DEPLOYMENTS, BODY));
        }
        assertEquals(
                1,
                migrate(
                        """
                The database schema has version 999, which is incompatible with a service that was built for \
                version 20. The schema was not changed. Run a newer version of the service."""));
        try (PackagedService serving = new PackagedService(environment(true))) {
            serving.await("/q/health/live");
            HttpResponse<String> ready = serving.get("/q/health/ready");
            assertEquals(503, ready.statusCode());
            assertTrue(ready.body().contains("\"installed version\": 999"), ready.body());
            assertSchemaMismatch(serving.post(DEPLOYMENTS, BODY));
        }
    }

    /** The second database has the limits that {@code docs/operations.md} sets for a role behind PgBouncer. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void allowsAMigrationToTakeLongerThanARequest(boolean roleHasLimits) throws Exception {
        execute(database, SLOW_INDEX);
        if (roleHasLimits) {
            execute(database, "alter role postgres in database " + database + " set statement_timeout = 1400");
        }
        Map<String, String> environment = environment(false);
        if (!roleHasLimits) {
            environment.remove("QUARKUS_DATASOURCE_PASSWORD");
        }
        try (PackagedService job = new PackagedService(environment, "migrate")) {
            assertEquals(0, job.awaitExit(), job.output());
        }
    }

    @Test
    void rejectsAnUnknownArgument() throws Exception {
        try (PackagedService service = new PackagedService(environment(true), "migrat")) {
            assertEquals(2, service.awaitExit());
            assertEquals(
                    "Invalid arguments. Use no argument to start the service, migrate to upgrade the database schema and"
                            + " exit, or migrate --contract to also remove what only earlier releases use.",
                    service.output().strip());
        }
    }

    /** Runs the migration as a job does, without the settings that only the service needs. */
    private int migrate(String lastLine) throws IOException, InterruptedException {
        Map<String, String> environment = environment(false);
        environment.remove("EMBER_IDENTITY");
        try (PackagedService job = new PackagedService(environment, "migrate")) {
            int exitCode = job.awaitExit();
            assertTrue(job.output().strip().endsWith(lastLine), job.output());
            return exitCode;
        }
    }

    private static void assertServes(PackagedService service) throws IOException, InterruptedException {
        assertTrue(service.isReady());
        assertEquals(200, service.post(DEPLOYMENTS, BODY).statusCode());
        for (int i = 0; i < 10; i++) {
            assertEquals(200, service.get(DEPLOYMENTS + "?limit=1").statusCode());
        }
    }

    private static void assertSchemaMismatch(HttpResponse<String> response) {
        assertEquals(503, response.statusCode());
        assertTrue(response.headers().firstValue("Retry-After").isPresent());
        assertTrue(
                response.body()
                        .contains(
                                "The database schema has a version that this service does not support; try again later"),
                response.body());
    }

    private Map<String, String> environment(boolean migrateAtStart) {
        return new HashMap<>(Map.of(
                "QUARKUS_DATASOURCE_JDBC_URL", server.getJdbcUrl("postgres", database),
                "QUARKUS_DATASOURCE_USERNAME", "postgres",
                "QUARKUS_DATASOURCE_PASSWORD", "postgres",
                "QUARKUS_SHUTDOWN_DELAY", "0S",
                "EMBER_IDENTITY", "none",
                "EMBER_MIGRATE_AT_START", Boolean.toString(migrateAtStart)));
    }

    private static void execute(String database, String sql) throws SQLException {
        try (Connection connection = server.getDatabase("postgres", database).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
