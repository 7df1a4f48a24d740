package dev.ember.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The service and the migration have different database roles. The serving role has limited privileges. */
class RolesTest {

    private static final Pattern GRANT = Pattern.compile("grant ([a-z, ]+) on ([^;]*?) to [^;]*\\bember_serve;");
    private static final Pattern TIMEOUT =
            Pattern.compile("alter role ember_serve in database :\"DBNAME\" set (\\w+) = (\\d+);");

    @Test
    void serviceAndMigrationUseDifferentSecrets() throws IOException {
        assertNotEquals(
                SettingsTest.secrets(Workload.deployment()).get(0),
                SettingsTest.secrets(Workload.migration()).get(0));
    }

    @Test
    void servingRoleCanOnlyReadAndWriteRows() throws IOException {
        assertEquals(
                Set.of(
                        "connect: database :\"DBNAME\"",
                        "usage: schema public",
                        "select, insert, update, delete: all tables in schema public",
                        "select, insert, update, delete: tables",
                        "usage: all sequences in schema public",
                        "usage: sequences"),
                GRANT.matcher(sql())
                        .results()
                        .map((MatchResult grant) -> grant.group(1) + ": " + grant.group(2))
                        .collect(Collectors.toSet()));
    }

    @Test
    void servingRoleHasTheTimeoutsThatTheServiceSets() throws IOException {
        String service = Files.readString(Path.of("src/main/java/dev/ember/database/ConnectionSettings.java"));
        Set<String> timeoutsOfTheService = Pattern.compile("set_config\\('(\\w+)', '(\\d+)', false\\)")
                .matcher(service)
                .results()
                .map(RolesTest::setting)
                .collect(Collectors.toSet());
        assertEquals(3, timeoutsOfTheService.size());
        assertEquals(
                timeoutsOfTheService,
                TIMEOUT.matcher(sql()).results().map(RolesTest::setting).collect(Collectors.toSet()));
    }

    private static String setting(MatchResult setting) {
        return setting.group(1) + " = " + setting.group(2);
    }

    private static String sql() throws IOException {
        return Files.readString(Manifest.DEPLOY.resolve("postgresql/roles.sql"));
    }
}
