package dev.ember.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ember.deploy.Application;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsCheckTest {

    private static final Map<String, String> VALID =
            Map.of("ember.identity", "none", "quarkus.datasource.jdbc.url", "jdbc:postgresql://localhost/ember");

    private static final Map<String, String> KEYSTONE = Map.of(
            "ember.identity",
            "keystone",
            "ember.keystone.url",
            "https://keystone.example.org/v3",
            "ember.keystone.application-credential-id",
            "1",
            "ember.keystone.application-credential-secret",
            "private-secret");

    private static final Map<String, String> JWT = Map.of(
            "ember.identity", "jwt",
            "ember.jwt.issuer", "https://login.example.org",
            "ember.jwt.audience", "ember");

    @TempDir
    Path directory;

    @Test
    void declaresEverySetting() throws Exception {
        Set<String> declared = DeclaredSettings.VARIABLES.stream()
                .filter(variable -> variable.startsWith("EMBER_"))
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(Application.settings(), declared);
    }

    @Test
    void knowsTheDefaultNumberOfThreads() throws Exception {
        Properties properties = new Properties();
        try (var in = Files.newInputStream(Path.of("src/main/resources/application.properties"))) {
            properties.load(in);
        }
        assertEquals(
                Integer.toString(DeclaredSettings.DEFAULT_THREADS),
                properties.getProperty("quarkus.thread-pool.max-threads"));
    }

    @Test
    void acceptsTheRequiredSettingsAlone() {
        assertEquals(List.of(), problems(Map.of()));
        assertEquals(List.of(), problems(KEYSTONE));
        assertEquals(List.of(), problems(JWT));
    }

    @ParameterizedTest
    @CsvSource({
        "ember.body-timeout, 1S",
        "ember.body-timeout, PT1H",
        "ember.body-timeout, ' 90 '",
        "ember.token-cache-ttl, 0S",
        "ember.idempotency-key-ttl, 3650D",
        "ember.memory-budget, 8M",
        "ember.memory-budget, 8388608",
        "ember.max-requests, 168",
        "ember.quota-configs, -1",
        "ember.quota-configs, 999999999",
        "ember.migrate-at-start, false",
        "ember.config-references, known",
        "ember.cors-origins, 'https://a.example.org, http://[::1]:8080,'",
        "ember.keystone.public-url, https://keystone.example.org/identity/v3/",
        "ember.admin-project, service",
        "ember.jwt.issuer, http://127.0.0.1:8080/realms/a/",
        "ember.jwt.jwks-url, https://login.example.org/keys?version=1",
        "ember.jwt.default-roles, 'reader, heat_stack_user'",
        "PORT, 0",
        "ember.stale-deployment-age, ''"
    })
    void acceptsValuesWithinBounds(String property, String value) {
        assertEquals(List.of(), problems(Map.of(property, value)));
    }

    @ParameterizedTest
    @CsvSource({
        "ember.body-timeout, 0.999S",
        "ember.body-timeout, 3601S",
        "ember.body-timeout, ' '",
        "ember.body-timeout, 99999999999999999999D",
        "ember.memory-budget, 99999999999999999999G",
        "ember.memory-budget, -8M",
        "ember.max-requests, 99999999999",
        "ember.quota-configs, 1000000000",
        "ember.migrate-at-start, TRUE",
        "ember.config-references, ANY",
        "ember.keystone.url, v3",
        "ember.keystone.url, 'https://k.example.org/ /v3'",
        "ember.keystone.url, mailto:v3",
        "ember.jwt.issuer, login.example.org",
        "ember.jwt.issuer, https://login.example.org?a",
        "ember.jwt.issuer, https://user@login.example.org",
        "ember.jwt.issuer, kubernetes/serviceaccount",
        "ember.jwt.jwks-url, https://login.example.org/keys#a",
        "ember.jwt.jwks-url, file:///keys",
        "ember.jwt.default-roles, 'reader,'",
        "ember.jwt.default-roles, Reader",
        "ember.jwt.default-roles, reader member",
        "ember.jwt.tenant-claim, ''",
        "PORT, 65536",
        "ember.identity, NONE",
        "ember.housekeeping-interval, ''"
    })
    void rejectsValuesOutOfBounds(String property, String value) {
        List<String> problems = problems(Map.of(property, value));
        assertEquals(1, problems.size(), problems.toString());
        assertEquals(RawSettings.variable(property), problems.get(0).split(" ")[0]);
    }

    @Test
    void showsAValueInOneLineAndWithoutAPassword() {
        assertEquals(
                List.of("EMBER_KEYSTONE_URL is 'https://***@keystone.example.org/v3?'. " + AddressRules.IDENTITY_API),
                problems(Map.of("ember.keystone.url", "https://ember:secret@keystone.example.org/v3\n")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ember.keystone.ca-file", "SSL_CERT_FILE"})
    void requiresCertificatesInPemFormatForTlsOnly(String property) throws Exception {
        Path broken = Files.writeString(
                directory.resolve("broken"), "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        for (Path file : List.of(broken, directory, directory.resolve("absent"))) {
            assertEquals(
                    List.of(RawSettings.variable(property) + " is '" + file
                            + "'. It must be a file of certificates in PEM format."),
                    problems(with(KEYSTONE, property, file.toString())));
            assertEquals(List.of(), problems(Map.of(property, file.toString())));
            assertEquals(
                    List.of(),
                    problems(with(
                            with(KEYSTONE, "ember.keystone.url", "http://localhost/v3"), property, file.toString())));
        }
    }

    @Test
    void requiresCertificatesForTheTlsOfAnIssuerOrItsKeys() {
        String file = directory.resolve("absent").toString();
        String problem = "EMBER_JWT_CA_FILE is '" + file + "'. It must be a file of certificates in PEM format.";
        Map<String, String> withFile = with(JWT, "ember.jwt.ca-file", file);
        Map<String, String> withoutTls = with(withFile, "ember.jwt.issuer", "http://login.example.org");
        assertEquals(List.of(problem), problems(withFile));
        assertEquals(List.of(), problems(withoutTls));
        assertEquals(
                List.of(problem), problems(with(withoutTls, "ember.jwt.jwks-url", "https://login.example.org/keys")));
    }

    @Test
    void requiresAReadableFileWithABearerToken() {
        for (Path file : List.of(directory, directory.resolve("absent"))) {
            assertEquals(
                    List.of("EMBER_JWT_BEARER_TOKEN_FILE is '" + file + "'. It must be a readable file with a token."),
                    problems(with(JWT, "ember.jwt.bearer-token-file", file.toString())));
        }
    }

    @Test
    void requiresTlsForABearerToken() throws Exception {
        Path file = Files.writeString(directory.resolve("token"), "private-token");
        Map<String, String> withToken = with(JWT, "ember.jwt.bearer-token-file", file.toString());
        String problem =
                "EMBER_JWT_BEARER_TOKEN_FILE needs an encrypted connection. Set %s to an address that begins with https.";
        assertEquals(List.of(), problems(withToken));
        assertEquals(
                List.of(problem.formatted("EMBER_JWT_ISSUER")),
                problems(with(withToken, "ember.jwt.issuer", "http://login.example.org")));
        assertEquals(
                List.of(problem.formatted("EMBER_JWT_JWKS_URL")),
                problems(with(withToken, "ember.jwt.jwks-url", "http://login.example.org/keys")));
    }

    @Test
    void requiresTheIssuerAndTheAudience() {
        assertEquals(
                List.of(
                        "EMBER_JWT_AUDIENCE is not set. Set it to the audience that the claim aud of accepted tokens names, such"
                                + " as ember.",
                        "EMBER_JWT_ISSUER is not set. " + AddressRules.ISSUER),
                problems(Map.of("ember.identity", "jwt")));
    }

    private static Map<String, String> with(Map<String, String> settings, String property, String value) {
        Map<String, String> changed = new HashMap<>(settings);
        changed.put(property, value);
        return changed;
    }

    private static List<String> problems(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(VALID);
        all.putAll(settings);
        var config = new SmallRyeConfigBuilder().withDefaultValues(all).build();
        List<String> problems = SettingsCheck.problems(RawSettings.of(config), Set.of());
        assertEquals(problems, SettingsCheck.problems(all::get, Set.of()));
        return problems;
    }
}
