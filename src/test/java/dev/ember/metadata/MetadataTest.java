package dev.ember.metadata;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.emptyString;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ember.HttpTest;
import dev.ember.Together;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class MetadataTest extends HttpTest {

    private static final String NOTHING = "{\"metadata\":[]}";

    @Test
    void showsTheConfigsOfAServerWhole() {
        String config = createId(
                configs,
                """
                {"name": "n", "group": "script", "config": "echo", "inputs": [{"name": "a", "value": 5}],
                 "outputs": [{"name": "b"}], "options": {"o": 1}}""");
        deploy(config, "s");
        String shown = given().get(configs + "/" + config).asString();
        String inner = shown.substring("{\"software_config\":".length(), shown.length() - 1);
        Response metadata = metadata("s");
        metadata.then().statusCode(200).contentType("application/json");
        assertEquals("{\"metadata\":[" + inner + "]}", metadata.asString());
    }

    @Test
    void goesByNameInTheOrderOfCodePointsAndTakesNoNameForTheEmptyOne() {
        List<String> names = List.of("zeta", "Ünicode", "null", "Beta", "alpha", "", "🎉", "\uffee", "null", "Beta ");
        for (String name : names) {
            String quoted = name.equals("null") ? name : '"' + name + '"';
            deploy(createId(configs, "{\"name\": %s}".formatted(quoted)), "s");
        }
        List<String> expected = new ArrayList<>();
        expected.add(null);
        expected.add("");
        expected.add(null);
        expected.addAll(List.of("Beta", "Beta ", "alpha", "zeta", "Ünicode", "\uffee", "🎉"));
        assertEquals(expected, metadata("s").path("metadata.name"));
    }

    @Test
    void goesByTheCreationOfTheDeploymentsAmongEqualNames() {
        String first = createId(configs, "{\"name\": \"same\"}");
        String second = createId(configs, "{\"name\": \"same\"}");
        deploy(second, "s");
        deploy(first, "s");
        assertEquals(List.of(second, first), metadata("s").path("metadata.id"));
    }

    @Test
    void showsAConfigAsOftenAsItIsDeployed() {
        String config = createId(configs, "{}");
        deploy(config, "s");
        deploy(config, "s");
        assertEquals(List.of(config, config), metadata("s").path("metadata.id"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"IN_PROGRESS", "COMPLETE", "FAILED"})
    void showsConfigsWhateverTheStatus(String status) {
        String config = createId(configs, "{}");
        createId("""
                {"config_id": "%s", "server_id": "s", "action": "DELETE", "status": "%s"}"""
                .formatted(config, status));
        assertEquals(List.of(config), metadata("s").path("metadata.id"));
    }

    @Test
    void followsUpdatesAndDeletions() {
        String first = createId(configs, "{}");
        String second = createId(configs, "{}");
        String deployment = deployments + "/" + deploy(first, "s");
        json("{\"config_id\": \"%s\"}".formatted(second)).put(deployment);
        assertEquals(List.of(second), metadata("s").path("metadata.id"));
        given().delete(deployment);
        assertEquals(NOTHING, metadata("s").asString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonesuch", "%20", "%00", "S", "s%20", "metadata"})
    void hasNothingForAnUnknownServer(String server) {
        deploy(createId(configs, "{}"), "s");
        Response response = metadata(server);
        assertEquals(200, response.statusCode());
        assertEquals(NOTHING, response.asString());
    }

    @ParameterizedTest
    @CsvSource({
        "a.b:c, a.b:c",
        "a b, a%20b",
        "й🎉, %D0%B9%F0%9F%8E%89",
        "100%, 100%25",
        "a/b, a%2Fb",
        "a;b=c, a%3Bb%3Dc",
        "+, +"
    })
    void findsAServerWhateverItIsCalled(String server, String path) {
        String config = createId(configs, "{}");
        deploy(config, server);
        assertEquals(List.of(config), metadata(path).path("metadata.id"));
    }

    @Test
    void leavesOutConfigsThatAreNotKnownHere() {
        String config = createId(configs, "{}");
        deploy("00000000-0000-0000-0000-000000000000", "s");
        deploy("not a UUID", "s");
        deploy(config, "s");
        assertEquals(List.of(config), metadata("s").path("metadata.id"));
    }

    /** Who knows the id of a config must not be able to read it by deploying it. */
    @Test
    void neverShowsTheConfigOfAnotherTenant() {
        deploy(createId(configsOf("other"), "{\"config\": \"secret\"}"), "s");
        assertEquals(NOTHING, metadata("s").asString());
    }

    @Test
    void showsNothingOfTheDeploymentsOfAnotherTenant() {
        deploy(createId(configs, "{}"), "s");
        assertEquals(
                NOTHING, given().get(deploymentsOf("other") + "/metadata/s").asString());
    }

    @Test
    void answersHeadLikeGet() {
        given().head(deployments + "/metadata/s").then().statusCode(200).body(emptyString());
    }

    @Test
    void showsEverythingThatManyDeployAtTheSameTime() {
        List<Callable<String>> writers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            String name = "n%02d".formatted(i);
            writers.add(() -> {
                deploy(createId(configs, "{\"name\": \"%s\"}".formatted(name)), "s");
                return name;
            });
        }
        assertEquals(Together.run(writers), metadata("s").path("metadata.name"));
    }

    private String deploy(String config, String server) {
        return createId("""
                {"config_id": "%s", "server_id": "%s", "action": "CREATE"}"""
                .formatted(config, server));
    }

    private Response metadata(String server) {
        return given().urlEncodingEnabled(false).get(deployments + "/metadata/" + server);
    }
}
