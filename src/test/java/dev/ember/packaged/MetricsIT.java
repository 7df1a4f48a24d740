package dev.ember.packaged;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.ember.development.DevelopmentDatabase;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class MetricsIT {

    private static final Pattern DOCUMENTED = Pattern.compile("^\\| `(ember_[a-z_]+)` \\|", Pattern.MULTILINE);

    /** An alert on a metric that appears with its first event would miss that event. */
    @Test
    void exposesEveryDocumentedMetricBeforeItsFirstEvent() throws Exception {
        try (EmbeddedPostgres database = DevelopmentDatabase.builder().start();
                PackagedService service = new PackagedService(Map.of(
                        "QUARKUS_DATASOURCE_JDBC_URL", database.getJdbcUrl("postgres", "postgres"),
                        "QUARKUS_DATASOURCE_USERNAME", "postgres",
                        "QUARKUS_DATASOURCE_PASSWORD", "postgres",
                        "EMBER_IDENTITY", "none"))) {
            service.awaitReady();
            String metrics = service.get("/q/metrics").body();
            List<String> documented = DOCUMENTED
                    .matcher(Files.readString(Path.of("docs/operations.md")))
                    .results()
                    .map((MatchResult result) -> result.group(1))
                    .toList();
            assertFalse(documented.isEmpty());
            assertEquals(
                    List.of(),
                    documented.stream()
                            .filter(name -> !metrics.contains("\n" + name))
                            .toList());
        }
    }
}
