package dev.ember.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ember.HttpTest;
import dev.ember.Metrics;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRuleSpec;
import io.fabric8.openshift.api.model.monitoring.v1.Rule;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The dashboard and the alerts use only metrics that the service has, and each alert is tested and documented. */
@QuarkusTest
class MonitoringFilesTest extends HttpTest {

    private static final Path DASHBOARD = Manifest.DEPLOY.resolve("grafana/ember.json");
    private static final Path RULES = Manifest.PROMETHEUS.resolve("ember.rules.yml");
    private static final Path RULES_TEST = Manifest.PROMETHEUS.resolve("ember.rules.test.yml");
    private static final Path PAGE = Path.of("docs/operations.md");

    /** Prometheus stores this metric for each replica that it scrapes. */
    private static final String OF_PROMETHEUS = "up";

    private static final Pattern LABEL_VALUES = Pattern.compile("label_values\\((.+), \\w+\\)");
    private static final Pattern DOCUMENTED_ALERT = Pattern.compile("(?m)^\\| `(Ember\\w+)` \\|");

    /** The metrics of requests exist from the first request on. */
    @BeforeEach
    void sendRequest() {
        createId("{\"config_id\": \"c\", \"server_id\": \"s\", \"action\": \"a\"}");
    }

    @Test
    void dashboardUsesMetricsOfTheService() throws IOException {
        JsonNode dashboard = new ObjectMapper().readTree(DASHBOARD.toFile());
        List<String> expressions = dashboard.findValuesAsText("expr");
        assertFalse(expressions.isEmpty());
        assertEquals(Set.of(), unknown(expressions.stream()));
        assertEquals(
                Set.of(),
                unknown(dashboard.path("templating").findValuesAsText("definition").stream()
                        .map(query -> LABEL_VALUES.matcher(query).replaceFirst("$1"))));
    }

    @Test
    void alertsUseMetricsOfTheService() throws IOException {
        Set<String> unknown =
                unknown(rules().stream().map(rule -> rule.getExpr().getStrVal()));
        assertEquals(Set.of(OF_PROMETHEUS), unknown);
    }

    @Test
    void unknownMetricsAreFound() {
        assertEquals(
                Set.of("ember_nonesuch_total"),
                unknown(Stream.of("sum (rate(ember_nonesuch_total{job=\"ember\"}[5m])) / sum (ember_watchers)")));
    }

    @Test
    void eachAlertIsTestedAndDocumented() throws IOException {
        Set<String> alerts = rules().stream().map(Rule::getAlert).collect(Collectors.toCollection(TreeSet::new));
        assertEquals(
                alerts,
                new TreeSet<>(StrictYaml.documents(Files.readString(RULES_TEST))
                        .get(0)
                        .findValuesAsText("alertname")));
        assertEquals(
                alerts,
                DOCUMENTED_ALERT
                        .matcher(Files.readString(PAGE))
                        .results()
                        .map((MatchResult alert) -> alert.group(1))
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    /** The file can be the specification of a PrometheusRule of the Prometheus operator. */
    private static List<Rule> rules() throws IOException {
        return StrictYaml.read(RULES, PrometheusRuleSpec.class).getGroups().stream()
                .flatMap(group -> group.getRules().stream())
                .toList();
    }

    private static Set<String> unknown(Stream<String> expressions) {
        Set<String> metrics = expressions
                .flatMap(expression -> PromQl.metrics(expression).stream())
                .collect(Collectors.toCollection(TreeSet::new));
        metrics.removeAll(Metrics.names());
        return metrics;
    }
}
