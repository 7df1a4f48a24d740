package dev.ember.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The overlay with a cluster of the operator CloudNativePG as the database. */
class CloudNativePgTest {

    private static final String DEFINITION = "CLOUDNATIVEPG_CRD";

    @Test
    void givesEachWorkloadTheRoleOfItsSecret() throws IOException {
        PostgresCluster.Spec spec = cluster().spec();
        PostgresCluster.InitDb initDb = spec.bootstrap().initdb();
        assertEquals(
                initDb.secret().name() + "/username", Workload.migration().env().get("QUARKUS_DATASOURCE_USERNAME"));
        assertEquals(1, spec.managed().roles().size());
        PostgresCluster.Role serving = spec.managed().roles().get(0);
        assertEquals(
                serving.passwordSecret().name() + "/username",
                Workload.deployment().env().get("QUARKUS_DATASOURCE_USERNAME"));
        assertTrue(serving.login());
        String roles = Files.readString(Manifest.DEPLOY.resolve("postgresql/roles.sql"));
        assertTrue(roles.contains("array['" + initDb.owner() + "', '" + serving.name() + "']"));
    }

    @Test
    void documentsTheAddressOfTheCluster() throws IOException {
        String address = "jdbc:postgresql://" + cluster().getMetadata().getName() + "-rw:5432/"
                + cluster().spec().bootstrap().initdb().database();
        assertTrue(Files.readString(Manifest.DEPLOY.resolve("README.md")).contains(address + "\n"));
    }

    @Test
    void acknowledgesAChangeAfterAnotherInstanceHasIt() throws IOException {
        PostgresCluster.Spec spec = cluster().spec();
        assertEquals(3, spec.instances());
        assertEquals(
                new PostgresCluster.Synchronous("any", 1, "required", true),
                spec.postgresql().synchronous());
        assertEquals(Map.of("shared_buffers", "256MB"), spec.postgresql().parameters());
    }

    @Test
    void guaranteesTheResourcesOfTheDatabase() throws IOException {
        var resources = cluster().spec().resources();
        assertEquals(Set.of("cpu", "memory"), resources.getRequests().keySet());
        assertEquals(resources.getRequests(), resources.getLimits());
    }

    @Test
    void letsPodsAndMigrationReachTheDatabase() throws IOException {
        NetworkPolicyIngressRule rule = rules().get(0);
        assertEquals(1, rule.getFrom().size());
        LabelSelector clients = rule.getFrom().get(0).getPodSelector();
        for (Map<String, String> labels : List.of(
                Manifest.only(Manifest.BASE, Deployment.class)
                        .getSpec()
                        .getTemplate()
                        .getMetadata()
                        .getLabels(),
                Manifest.only(Manifest.BASE, Job.class)
                        .getSpec()
                        .getTemplate()
                        .getMetadata()
                        .getLabels())) {
            assertTrue(labels.entrySet().containsAll(clients.getMatchLabels().entrySet()));
        }
        assertEquals(List.of(new IntOrString(5432)), ports(rule));
    }

    @Test
    void letsOnlyTheInstancesAndTheOperatorReachTheOtherPort() throws IOException {
        Map<String, String> instances =
                Map.of("cnpg.io/cluster", cluster().getMetadata().getName());
        assertEquals(instances, policy().getSpec().getPodSelector().getMatchLabels());
        assertEquals(2, rules().size());
        NetworkPolicyIngressRule rule = rules().get(1);
        assertEquals(2, rule.getFrom().size());
        assertEquals(instances, rule.getFrom().get(0).getPodSelector().getMatchLabels());
        assertEquals(
                Map.of("kubernetes.io/metadata.name", "cnpg-system"),
                rule.getFrom().get(1).getNamespaceSelector().getMatchLabels());
        assertEquals(
                Map.of("app.kubernetes.io/name", "cloudnative-pg"),
                rule.getFrom().get(1).getPodSelector().getMatchLabels());
        assertEquals(List.of(new IntOrString(5432), new IntOrString(8000)), ports(rule));
    }

    /** The database must not be a pod of Ember for the policies and services of the base. */
    @Test
    void doesNotLabelTheDatabaseAsAPodOfEmber() throws IOException {
        Map<String, String> selector = Manifest.only(Manifest.BASE, NetworkPolicy.class)
                .getSpec()
                .getPodSelector()
                .getMatchLabels();
        assertFalse(cluster().getMetadata().getLabels().entrySet().containsAll(selector.entrySet()));
    }

    @ParameterizedTest
    @CsvSource({
        "type: string, true",
        "type: integer, false",
        "'type: string, enum: [all]', false",
        "'type: string, enum: [any]', true"
    })
    void comparesAnObjectWithADefinition(String method, boolean fits) throws IOException {
        JsonNode schema = StrictYaml.documents(
                        "{type: object, required: [spec], properties: {spec: {type: object, properties: {method: {"
                                + method + "}}}}}")
                .get(0);
        CustomResourceDefinition definition = CustomResourceDefinition.of(schema);
        assertEquals(fits, definition.errors(object("{spec: {method: any}}")).isEmpty());
        assertFalse(definition.errors(object("{spec: {methods: any}}")).isEmpty());
        assertFalse(definition.errors(object("{metadata: {name: a}}")).isEmpty());
    }

    /** The definition is too large to be a part of this project. The variable names a file with it. */
    @Test
    @EnabledIfEnvironmentVariable(named = DEFINITION, matches = ".+")
    void fitsTheDefinitionOfTheOperator() throws IOException {
        CustomResourceDefinition definition = CustomResourceDefinition.read(Path.of(System.getenv(DEFINITION)), "v1");
        String cluster = Files.readString(Manifest.CLOUDNATIVEPG.resolve("cluster.yaml"));
        assertEquals(Set.of(), definition.errors(object(cluster)));
        for (String field :
                List.of("instances", "dataDurability", "failoverQuorum", "passwordSecret", "initdb", "size")) {
            assertFalse(
                    definition
                            .errors(object(cluster.replace(field + ":", field + "s:")))
                            .isEmpty(),
                    field);
        }
    }

    private static JsonNode object(String yaml) throws IOException {
        return StrictYaml.documents(yaml).get(0);
    }

    private static PostgresCluster cluster() throws IOException {
        return Manifest.only(Manifest.CLOUDNATIVEPG, PostgresCluster.class);
    }

    private static NetworkPolicy policy() throws IOException {
        return Manifest.only(Manifest.CLOUDNATIVEPG, NetworkPolicy.class);
    }

    private static List<NetworkPolicyIngressRule> rules() throws IOException {
        return policy().getSpec().getIngress();
    }

    private static List<IntOrString> ports(NetworkPolicyIngressRule rule) {
        return rule.getPorts().stream().map(port -> port.getPort()).toList();
    }
}
