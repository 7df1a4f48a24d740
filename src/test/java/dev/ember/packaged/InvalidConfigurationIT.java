package dev.ember.packaged;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InvalidConfigurationIT extends RejectedStart {

    @Test
    void saysThatTheDatabaseIsNotSet() throws Exception {
        assertRejected(
                Map.of("EMBER_IDENTITY", "none"),
                "QUARKUS_DATASOURCE_JDBC_URL is not set. Set it to the address of a PostgreSQL database, such as"
                        + " jdbc:postgresql://localhost:5432/ember, and QUARKUS_DATASOURCE_USERNAME and"
                        + " QUARKUS_DATASOURCE_PASSWORD to a role that may use it.");
    }

    @Test
    void saysThatTheIdentityIsNotSet() throws Exception {
        assertRejected(
                Map.of(DATABASE, NOWHERE),
                "EMBER_IDENTITY is not set. Set EMBER_IDENTITY=keystone to have Keystone validate the token of each request,"
                        + " EMBER_IDENTITY=jwt to accept tokens that an issuer has signed, or"
                        + " EMBER_IDENTITY=none to trust the tenant in the path and accept any token;"
                        + " then only trusted clients must be able to reach the service.");
    }

    @Test
    void saysThatTheIdentityIsUnknown() throws Exception {
        assertRejected(
                Map.of(DATABASE, NOWHERE, "EMBER_IDENTITY", "None"),
                "EMBER_IDENTITY is 'None'. Set EMBER_IDENTITY=keystone to have Keystone validate the token of each request,"
                        + " EMBER_IDENTITY=jwt to accept tokens that an issuer has signed, or"
                        + " EMBER_IDENTITY=none to trust the tenant in the path and accept any token;"
                        + " then only trusted clients must be able to reach the service.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "null",
                "console.example.org",
                "https://",
                "https://*.example.org",
                "https://console.example.org/",
                "https://Console.example.org",
                "https://console.example.org:443",
                "http://localhost:80",
                "http://localhost:123456",
                "ftp://localhost",
                "https://a.example.org https://b.example.org"
            })
    void saysThatAnOriginIsNone(String origin) throws Exception {
        assertRejected(
                Map.of(
                        DATABASE,
                        NOWHERE,
                        "EMBER_IDENTITY",
                        "none",
                        "EMBER_CORS_ORIGINS",
                        "http://[::1]:8080," + origin),
                "EMBER_CORS_ORIGINS has '" + origin
                        + "'; each origin must be as browsers send it, such as https://console.example.org or"
                        + " http://localhost:3000: in lower case, without a path, a wildcard or the default port.");
    }

    @ParameterizedTest
    @CsvSource({
        "EMBER_ADMIN_PROJECT, my project, the id of a project: 1 to 64 characters of A-Z a-z 0-9 _ -",
        "EMBER_BODY_TIMEOUT, 0S, 'a duration between 1S and 1H, in seconds (S), minutes (M), hours (H) or days (D)'",
        "EMBER_BODY_TIMEOUT, 2H, 'a duration between 1S and 1H, in seconds (S), minutes (M), hours (H) or days (D)'",
        "EMBER_CONFIG_REFERENCES, Known, any or known",
        "EMBER_DEPLOYMENT_RETENTION, 3651D, 'a duration between 1S and 3650D, in seconds (S), minutes (M), hours (H) or days (D)'",
        "EMBER_DEPLOYMENT_RETENTION_PER_TENANT, 0, a number between 1 and 1000000",
        "EMBER_HOUSEKEEPING_INTERVAL, -1S, 'a duration between 1S and 3650D, in seconds (S), minutes (M), hours (H) or days (D)'",
        "EMBER_IDEMPOTENCY_KEY_TTL, 0S, 'a duration between 1S and 3650D, in seconds (S), minutes (M), hours (H) or days (D)'",
        "EMBER_KEYSTONE_TIMEOUT, 0, 'a duration between 1S and 5M, in seconds (S), minutes (M), hours (H) or days (D)'",
        "EMBER_KEYSTONE_TIMEOUT, 301S, 'a duration between 1S and 5M, in seconds (S), minutes (M), hours (H) or days (D)'",
        "EMBER_JWT_DEFAULT_ROLES, 'reader,owner', 'a list of roles, separated by commas: reader, member, admin, heat_stack_user'",
        "EMBER_JWT_JWKS_URL, keys.json, 'the address of the keys of the issuer, such as https://login.example.org/keys'",
        "EMBER_JWT_TIMEOUT, 6M, 'a duration between 1S and 5M, in seconds (S), minutes (M), hours (H) or days (D)'",
        "EMBER_MEMORY_BUDGET, 8388607, a size between 8M and the size of the heap",
        "EMBER_MEMORY_BUDGET, 999G, a size between 8M and the size of the heap",
        "EMBER_RESPONSE_TIMEOUT, 0S, 'a duration between 1S and 1H, in seconds (S), minutes (M), hours (H) or days (D)'",
        "EMBER_MAX_REQUESTS, 0, a number between 1 and 168",
        "EMBER_MAX_REQUESTS, 169, a number between 1 and 168",
        "EMBER_MAX_WATCHERS, 0, a number between 1 and 1000000",
        "EMBER_MIGRATE_AT_START, tru, true or false",
        "EMBER_QUOTA_CONFIGS, -2, 'a number between 0 and 999999999, or -1 for no quota'",
        "EMBER_QUOTA_DEPLOYMENTS, 1.5, 'a number between 0 and 999999999, or -1 for no quota'",
        "EMBER_STALE_DEPLOYMENT_AGE, 0.5S, 'a duration between 1S and 3650D, in seconds (S), minutes (M), hours (H) or days (D)'",
        "EMBER_TOKEN_CACHE_TTL, -5, 'a duration between 0S and 24H, in seconds (S), minutes (M), hours (H) or days (D)'",
        "EMBER_BATCH_BY_TENANT, yes, true or false",
        "EMBER_BOARD, on, true or false",
        "EMBER_DEPLOYMENT_RETENTION_PER_TENANT, many, a number between 1 and 1000000",
        "EMBER_HOUSEKEEPING_INTERVAL, soon, 'a duration between 1S and 3650D, in seconds (S), minutes (M), hours (H) or days (D)'",
        "EMBER_MEMORY_BUDGET, large, a size between 8M and the size of the heap",
        "PORT, http, a number between 0 and 65535",
        "QUARKUS_DATASOURCE_JDBC_MAX_SIZE, 0, a number between 1 and 10000"
    })
    void saysWhatAnInvalidSettingMustBe(String variable, String value, String rule) throws Exception {
        assertRejected(
                Map.of(DATABASE, NOWHERE, "EMBER_IDENTITY", "none", variable, value),
                variable + " is '" + value + "'. It must be " + rule + ".");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "EMBER_QUOTA_DEPLOYMENTS",
                "EMBER_JWT_TENANT_CLAIM",
                "EMBER_KEYSTONE_TIMEOUT",
                "EMBER_MIGRATE_AT_START"
            })
    void saysWhichSettingIsEmpty(String variable) throws Exception {
        assertRejected(
                Map.of(DATABASE, NOWHERE, "EMBER_IDENTITY", "none", variable, ""),
                variable + " is empty. Set it to a value, or remove it.");
    }

    @Test
    void saysWhichNameIsMisspelt() throws Exception {
        assertRejected(
                Map.of(DATABASE, NOWHERE, "EMBER_IDENTITY", "none", "EMBER_QUOTA_DEPLOYMENT", "5"),
                "EMBER_QUOTA_DEPLOYMENT is not a setting of the service. Set EMBER_QUOTA_DEPLOYMENTS or remove"
                        + " EMBER_QUOTA_DEPLOYMENT.");
    }

    @Test
    void warnsOfAnUnknownNameAndNotOfTheLinksOfKubernetes() throws Exception {
        Map<String, String> environment = Map.of(
                DATABASE,
                NOWHERE,
                "EMBER_IDENTITY",
                "none",
                "EMBER_FLAVOUR",
                "private-value",
                "EMBER_SERVICE_HOST",
                "10.0.0.1",
                "EMBER_PORT",
                "tcp://10.0.0.1:8080",
                "EMBER_DB_PORT_5432_TCP_PROTO",
                "tcp");
        try (PackagedService service = new PackagedService(environment)) {
            service.awaitExit();
            List<String> warnings = service.output()
                    .lines()
                    .filter(line -> line.contains("is not a setting"))
                    .toList();
            assertEquals(1, warnings.size(), warnings.toString());
            assertTrue(
                    warnings.get(0).contains("EMBER_FLAVOUR is not a setting of the service and has no effect"),
                    warnings.get(0));
            assertTrue(warnings.get(0).contains("\"WARN\""), warnings.get(0));
            assertFalse(service.output().contains("private-value"));
        }
    }

    @Test
    void saysThatASettingOfQuarkusCannotBeRead() throws Exception {
        assertRejected(
                Map.of(DATABASE, NOWHERE, "EMBER_IDENTITY", "none", "QUARKUS_HTTP_IDLE_TIMEOUT", "soon"),
                "QUARKUS_HTTP_IDLE_TIMEOUT is 'soon', which cannot be read. Set it to a value of its type, or remove it.");
    }

    @Test
    void derivesTheMostRequestsFromTheThreads() throws Exception {
        assertRejected(
                Map.of(DATABASE, NOWHERE, "EMBER_IDENTITY", "none", "QUARKUS_THREAD_POOL_MAX_THREADS", "100"),
                "EMBER_MAX_REQUESTS is '160'. It must be a number between 1 and 68.");
    }

    @Test
    void showsNoAddressOfAnotherDatabase() throws Exception {
        assertRejected(
                Map.of(DATABASE, "jdbc:mysql://localhost/ember?password=private", "EMBER_IDENTITY", "none"),
                "QUARKUS_DATASOURCE_JDBC_URL does not begin with jdbc:postgresql:. Set it to the address of a PostgreSQL"
                        + " database, such as jdbc:postgresql://localhost:5432/ember, and QUARKUS_DATASOURCE_USERNAME and"
                        + " QUARKUS_DATASOURCE_PASSWORD to a role that may use it.");
    }

    @Test
    void listsTwoSettingsOutOfRange() throws Exception {
        assertRejected(
                Map.of(
                        DATABASE,
                        NOWHERE,
                        "EMBER_IDENTITY",
                        "none",
                        "EMBER_QUOTA_CONFIGS",
                        "-2",
                        "EMBER_BODY_TIMEOUT",
                        "2H"),
                """
                EMBER_BODY_TIMEOUT is '2H'. It must be a duration between 1S and 1H, in seconds (S), minutes (M), hours (H) or days (D).
                EMBER_QUOTA_CONFIGS is '-2'. It must be a number between 0 and 999999999, or -1 for no quota.""");
    }

    @Test
    void listsUnreadableMissingMisspeltAndInvalidSettings() throws Exception {
        assertRejected(
                Map.of(
                        "EMBER_HOUSEKEEPING_INTERVAL",
                        "soon",
                        "EMBER_QUOTA_DEPLOYMENT",
                        "5",
                        "EMBER_MAX_REQUESTS",
                        "169",
                        "QUARKUS_HTTP_IDLE_TIMEOUT",
                        "soon"),
                """
                EMBER_HOUSEKEEPING_INTERVAL is 'soon'. It must be a duration between 1S and 3650D, in seconds (S), minutes (M), hours (H) or days (D).
                EMBER_IDENTITY is not set. Set EMBER_IDENTITY=keystone to have Keystone validate the token of each \
                request, EMBER_IDENTITY=jwt to accept tokens that an issuer has signed, or EMBER_IDENTITY=none to \
                trust the tenant in the path and accept any token; then only trusted clients must be able to reach the service.
                EMBER_MAX_REQUESTS is '169'. It must be a number between 1 and 168.
                EMBER_QUOTA_DEPLOYMENT is not a setting of the service. Set EMBER_QUOTA_DEPLOYMENTS or remove \
                EMBER_QUOTA_DEPLOYMENT.
                QUARKUS_DATASOURCE_JDBC_URL is not set. Set it to the address of a PostgreSQL database, such as \
                jdbc:postgresql://localhost:5432/ember, and QUARKUS_DATASOURCE_USERNAME and \
                QUARKUS_DATASOURCE_PASSWORD to a role that may use it.
                QUARKUS_HTTP_IDLE_TIMEOUT is 'soon', which cannot be read. Set it to a value of its type, or remove it.""");
    }
}
