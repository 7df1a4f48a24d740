package dev.ember.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SettingsTest {

    private static final Path CONFIGURATION = Path.of("docs/configuration.md");
    private static final Pattern VARIABLE = Pattern.compile("`([A-Z][A-Z0-9_]+)`");

    @Test
    void findsTheSettingsOfTheService() throws Exception {
        assertTrue(Application.settings().containsAll(Set.of("EMBER_IDENTITY", "EMBER_MIGRATE_AT_START")));
    }

    @Test
    void documentsEverySettingOfTheService() throws Exception {
        Set<String> documented = documented(CONFIGURATION);
        documented.removeIf(variable -> !variable.startsWith("EMBER_"));
        assertEquals(Application.settings(), documented);
    }

    @Test
    void setsNoUnknownSettingOfEmber() throws Exception {
        Set<String> unknown = given("EMBER_");
        unknown.removeAll(Application.settings());
        assertEquals(Set.of(), unknown);
    }

    @Test
    void setsOnlyDocumentedSettingsOfQuarkus() throws IOException {
        Set<String> unknown = given("QUARKUS_");
        unknown.removeAll(documented(CONFIGURATION));
        assertEquals(Set.of(), unknown);
    }

    @Test
    void setsOnlySettingsOfEmberAndQuarkus() throws IOException {
        Set<String> others = given("");
        others.removeAll(given("EMBER_"));
        others.removeAll(given("QUARKUS_"));
        assertEquals(Set.of(), others);
    }

    @ParameterizedTest
    @MethodSource("environments")
    void setsTheAddressAndCredentialsOfTheDatabase(Map<String, String> environment) {
        assertTrue(environment
                .keySet()
                .containsAll(Set.of(
                        "QUARKUS_DATASOURCE_JDBC_URL", "QUARKUS_DATASOURCE_USERNAME", "QUARKUS_DATASOURCE_PASSWORD")));
    }

    @Test
    void setsTheIdentityMode() throws IOException {
        assertEquals("none", Workload.deployment().env().get("EMBER_IDENTITY"));
        assertEquals("none", Workload.knative().env().get("EMBER_IDENTITY"));
        assertEquals("none", Compose.read().ember().environment().get("EMBER_IDENTITY"));
    }

    @Test
    void migratesInTheMigrationOnly() throws IOException {
        assertEquals("false", Workload.deployment().env().get("EMBER_MIGRATE_AT_START"));
        assertEquals("false", Workload.knative().env().get("EMBER_MIGRATE_AT_START"));
        assertEquals("false", Compose.read().ember().environment().get("EMBER_MIGRATE_AT_START"));
        assertEquals(List.of("migrate"), Workload.migration().container().getArgs());
        assertEquals(List.of("migrate"), Compose.read().migrate().command());
    }

    @ParameterizedTest
    @MethodSource("dev.ember.deploy.Workload#all")
    void readsTheDatabaseSettingsFromTheSecret(Workload workload) {
        String secret = workload.name().equals("migration") ? "ember-database-migration" : "ember-database";
        assertEquals(List.of(secret + "/password", secret + "/url", secret + "/username"), secrets(workload));
    }

    /** Returns the password, the URL and the username that a workload reads from a Secret, in this order. */
    static List<String> secrets(Workload workload) {
        return Stream.of("PASSWORD", "JDBC_URL", "USERNAME")
                .map(name -> workload.env().get("QUARKUS_DATASOURCE_" + name))
                .toList();
    }

    static List<Map<String, String>> environments() throws IOException {
        Compose compose = Compose.read();
        return Stream.concat(
                        Workload.all().stream().map(Workload::env),
                        Stream.of(
                                compose.ember().environment(), compose.migrate().environment()))
                .toList();
    }

    private static Set<String> given(String prefix) throws IOException {
        return environments().stream()
                .flatMap(environment -> environment.keySet().stream())
                .filter(name -> name.startsWith(prefix))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Returns the variables in the tables of a page. */
    private static Set<String> documented(Path page) throws IOException {
        return Files.readAllLines(page).stream()
                .filter(line -> line.startsWith("|"))
                .flatMap(line -> VARIABLE.matcher(line).results())
                .map((MatchResult variable) -> variable.group(1))
                .collect(Collectors.toSet());
    }
}
