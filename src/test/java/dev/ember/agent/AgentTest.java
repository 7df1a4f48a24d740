package dev.ember.agent;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.ember.HttpTest;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An agent reads the configs of its server and reports the results with signed URLs only. */
@QuarkusTest
class AgentTest extends HttpTest {

    private static final String CONFIG =
            """
            {"name": "greet", "group": "script", "config": "echo $name",
             "inputs": [{"name": "name"}, {"name": "count", "type": "Number", "default": 3}, {"name": "fixed", "value": "v"},
              {"name": "list", "type": "CommaDelimitedList"}],
             "outputs": [{"name": "result"}, {"name": "broken", "error_output": true}]}""";

    private final String server = "server-" + UUID.randomUUID();
    private String config;

    @BeforeEach
    void createConfig() {
        config = createId(configs, CONFIG);
    }

    private String deploy(String inputs) {
        return createId(
                """
                {"config_id": "%s", "server_id": "%s", "action": "CREATE", "input_values": %s}"""
                        .formatted(config, server, inputs));
    }

    private String metadataUrl() {
        return given().get(deployments + "/metadata/" + server + "/agent")
                .then()
                .statusCode(200)
                .header("Cache-Control", "no-store")
                .extract()
                .path("agent.metadata_url");
    }

    /** Returns the path and the query of a URL of the service. */
    private static String path(String url) {
        assertEquals("https://ember.test", url.substring(0, url.indexOf("/agent/")));
        return url.substring(url.indexOf("/agent/"));
    }

    private ValidatableResponse metadata() {
        return get(path(metadataUrl())).then().statusCode(200);
    }

    private static Response get(String path) {
        return given().urlEncodingEnabled(false).get(path);
    }

    private String signalPath() {
        List<String> urls =
                metadata().extract().path("deployments[0].inputs.findAll { it.name == 'deploy_signal_id' }.value");
        return path(urls.get(0));
    }

    private static Response signal(String path, String body) {
        return json(body).put(path);
    }

    private ValidatableResponse show(String id) {
        return given().get(deployments + "/" + id).then().statusCode(200);
    }

    private void update(String id, String body) {
        json(body).put(deployments + "/" + id).then().statusCode(200);
    }

    @Test
    void listsTheDeploymentsOfAServerWithDerivedInputs() {
        String id = deploy("{\"name\": \"Ada\", \"extra\": true, \"other\": 1.50}");
        String url = metadataUrl();
        get(path(url))
                .then()
                .statusCode(200)
                .header("Cache-Control", "no-store")
                .contentType("application/json;charset=UTF-8")
                .body("'os-collect-config'.collectors", equalTo(List.of("request", "local")))
                .body("'os-collect-config'.request", equalTo(Map.of("metadata_url", url)))
                .body("'os-collect-config'.polling_interval", nullValue())
                .body("deployments", hasSize(1))
                .body("deployments[0].id", equalTo(id + "-0"))
                .body("deployments[0].deployment_id", equalTo(id))
                .body("deployments[0].config_id", equalTo(config))
                .body("deployments[0].name", equalTo("greet"))
                .body("deployments[0].group", equalTo("script"))
                .body("deployments[0].config", equalTo("echo $name"))
                .body("deployments[0].options", equalTo(Map.of()))
                .body("deployments[0].outputs.name", contains("result", "broken"))
                .body(
                        "deployments[0].inputs.name",
                        contains(
                                "name",
                                "count",
                                "fixed",
                                "list",
                                "extra",
                                "other",
                                "deploy_server_id",
                                "deploy_action",
                                "deploy_signal_transport",
                                "deploy_signal_id",
                                "deploy_signal_verb"))
                .body("deployments[0].inputs[0].value", equalTo("Ada"))
                .body("deployments[0].inputs[1].value", equalTo(3))
                .body("deployments[0].inputs[2].value", equalTo("v"))
                .body("deployments[0].inputs[3].value", nullValue())
                .body("deployments[0].inputs[4]", equalTo(Map.of("name", "extra", "type", "String", "value", "True")))
                .body("deployments[0].inputs[5].value", equalTo("1.50"))
                .body("deployments[0].inputs[6].value", equalTo(server))
                .body("deployments[0].inputs[7].value", equalTo("CREATE"))
                .body("deployments[0].inputs[8].value", equalTo("TEMP_URL_SIGNAL"))
                .body(
                        "deployments[0].inputs[9].value",
                        startsWith("https://ember.test/agent/v1/" + tenant + "/software_deployments/" + id
                                + "/signal?run=0&signature="))
                .body("deployments[0].inputs[10].value", equalTo("PUT"));
    }

    @Test
    void returnsAnEmptyStringForAStringWithoutAValue() {
        deploy("null");
        metadata().body("deployments[0].inputs[0].value", equalTo(""));
    }

    @Test
    void preservesTheSignalInputsOfAConfig() {
        String own = createId(
                configs,
                """
                {"name": "n", "inputs": [{"name": "deploy_signal_id", "value": "http://own"},
                 {"name": "deploy_signal_verb", "value": "POST"}]}""");
        createId("{\"config_id\": \"%s\", \"server_id\": \"%s\", \"action\": \"a\"}".formatted(own, server));
        metadata()
                .body("deployments[0].inputs.findAll { it.name == 'deploy_signal_id' }.value", contains("http://own"))
                .body("deployments[0].inputs.findAll { it.name == 'deploy_signal_verb' }.value", contains("POST"));
    }

    @Test
    void replacesSlashesInNamesThatBecomeFiles() {
        String ungrouped = createId(configs, "{\"name\": \"a/b\"}");
        createId("{\"config_id\": \"%s\", \"server_id\": \"%s\", \"action\": \"a\"}".formatted(ungrouped, server));
        metadata()
                .body("deployments[0].name", equalTo("a_b"))
                .body("deployments[0].group", equalTo("Heat::Ungrouped"))
                .body("deployments[0].config", equalTo(""));
    }

    @Test
    void respondsWithAnEmptyListForAServerWithoutDeployments() {
        metadata().body("deployments", hasSize(0));
    }

    @Test
    void respondsToHeadWithoutABody() {
        given().urlEncodingEnabled(false)
                .head(path(metadataUrl()))
                .then()
                .statusCode(200)
                .header("Cache-Control", "no-store")
                .body(emptyString());
    }

    @Test
    void respondsNotModifiedUntilARunStarts() {
        String id = deploy("{}");
        String path = path(metadataUrl());
        String tag = get(path).header("ETag");
        given().urlEncodingEnabled(false)
                .header("If-None-Match", tag)
                .get(path)
                .then()
                .statusCode(304);
        update(id, "{\"status_reason\": \"r\"}");
        given().urlEncodingEnabled(false)
                .header("If-None-Match", tag)
                .get(path)
                .then()
                .statusCode(304);
        update(id, "{\"action\": \"UPDATE\"}");
        given().urlEncodingEnabled(false)
                .header("If-None-Match", tag)
                .get(path)
                .then()
                .statusCode(200)
                .header("ETag", not(equalTo(tag)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"action\": \"UPDATE\"} | 1",
                "{\"action\": \"CREATE\"} | 0",
                "{\"input_values\": {\"name\": \"x\"}} | 1",
                "{\"input_values\": {}} | 0",
                "{\"status\": \"COMPLETE\"} | 0",
                "{\"status\": \"IN_PROGRESS\"} | 0",
                "{\"output_values\": {\"a\": 1}, \"status_reason\": \"r\"} | 0",
                "{\"config_id\": \"other\"} | 1",
            })
    void startsARunWhenAnUpdateChangesWhatAnAgentRuns(String body, int run) {
        String id = deploy("{}");
        String other = createId(configs, "{\"name\": \"o\"}");
        update(id, body.replace("other", other));
        metadata().body("deployments[0].id", equalTo(id + "-" + run));
    }

    @Test
    void startsARunWhenAFinishedDeploymentIsStartedAgain() {
        String id = deploy("{}");
        update(id, "{\"status\": \"FAILED\"}");
        update(id, "{\"status\": \"IN_PROGRESS\"}");
        metadata().body("deployments[0].id", equalTo(id + "-1"));
    }

    @Test
    void completesADeploymentWithTheDeclaredOutputs() {
        String id = deploy("{}");
        signal(
                        signalPath(),
                        """
                        {"result": "Hello", "unknown": 1, "deploy_stdout": "out", "deploy_status_code": 0}""")
                .then()
                .statusCode(200)
                .body(equalTo("{}"));
        show(id).body("software_deployment.status", equalTo("COMPLETE"))
                .body("software_deployment.status_reason", equalTo("Outputs received"))
                .body("software_deployment.output_values.result", equalTo("Hello"))
                .body("software_deployment.output_values.deploy_stdout", equalTo("out"))
                .body("software_deployment.output_values.deploy_stderr", nullValue())
                .body("software_deployment.output_values.deploy_status_code", equalTo(0))
                .body("software_deployment.output_values.keySet()", hasSize(4));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "null",
                "{\"deploy_status_code\": \"0\"}",
                "{\"deploy_status_code\": 0.0}",
                "{\"deploy_status_code\": \"\"}",
                "{\"deploy_status_code\": null}",
                "{\"broken\": null}"
            })
    void completesADeployment(String body) {
        String id = deploy("{}");
        signal(signalPath(), body).then().statusCode(200);
        show(id).body("software_deployment.status", equalTo("COMPLETE"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"deploy_status_code\": 3} | deploy_status_code : Deployment exited with non-zero status code: 3",
                "{\"deploy_status_code\": -9} | deploy_status_code : Deployment exited with non-zero status code: -9",
                "{\"deploy_status_code\": \"abc\"} | deploy_status_code : Deployment exited with non-zero status code: abc",
                "{\"deploy_status_code\": true} | deploy_status_code : Deployment exited with non-zero status code: True",
                "{\"broken\": \"disk is full\"} | broken : disk is full",
                "{\"broken\": \"b\", \"deploy_status_code\": 1} | deploy_status_code : Deployment exited with non-zero status code: 1, broken : b",
            })
    void failsADeployment(String body, String reason) {
        String id = deploy("{}");
        signal(signalPath(), body).then().statusCode(200);
        show(id).body("software_deployment.status", equalTo("FAILED"))
                .body("software_deployment.status_reason", equalTo(reason));
    }

    @Test
    void preservesEarlierOutputValues() {
        String id = deploy("{}");
        String path = signalPath();
        update(id, "{\"output_values\": {\"before\": 1.50}}");
        json("{}").post(path).then().statusCode(200);
        show(id).body(containsString("\"before\":1.50"));
    }

    @Test
    void ignoresALateOrRepeatedSignal() {
        String id = deploy("{}");
        String path = signalPath();
        update(id, "{\"input_values\": {\"name\": \"new\"}}");
        signal(path, "{\"deploy_status_code\": 1}").then().statusCode(200).body(equalTo("{}"));
        show(id).body("software_deployment.status", equalTo("IN_PROGRESS"));
        String current = signalPath();
        signal(current, "{}").then().statusCode(200);
        signal(current, "{\"deploy_status_code\": 1}").then().statusCode(200);
        show(id).body("software_deployment.status", equalTo("COMPLETE"));
    }

    @Test
    void storesASignalRegardlessOfItsContent() {
        String id = deploy("{}");
        String path = signalPath();
        String signature = path.substring(path.indexOf("signature=") + "signature=".length());
        String body = "{\"result\": \"a\\u0000b " + signature + "\", \"broken\": \"" + "x".repeat(70_000) + "\"}";
        HttpResponse<String> response = send(HttpRequest.newBuilder(uri(path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
        assertEquals(200, response.statusCode());
        show(id).body("software_deployment.output_values.result", equalTo("a\uFFFDb ***"))
                .body("software_deployment.status_reason.length()", equalTo(65_535));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "1", "\"text\"", "{", "{\"a\": NaN}"})
    void rejectsABodyThatIsNotAnObject(String body) {
        String id = deploy("{}");
        signal(signalPath(), body).then().statusCode(400);
        show(id).body("software_deployment.status", equalTo("IN_PROGRESS"));
    }

    @Test
    void respondsNotFoundToEveryInvalidUrl() {
        String id = deploy("{}");
        String metadata = path(metadataUrl());
        String signal = signalPath();
        String other = id.replaceAll("^.", id.startsWith("1") ? "2" : "1");
        for (String wrong : List.of(
                metadata.substring(0, metadata.length() - 1),
                metadata.replaceFirst(".$", metadata.endsWith("0") ? "1" : "0"),
                metadata.replace(server, server + "x"),
                metadata.replace(tenant, tenant + "x"),
                metadata.replaceFirst("\\?.*", ""),
                metadata.replaceFirst("signature=.*", signal.substring(signal.indexOf("signature="))),
                "/agent/v1/" + tenant + "/servers",
                "/agent/")) {
            assertWrong(get(wrong));
        }
        for (String wrong : List.of(
                signal.replace("run=0", "run=1"),
                signal.replace("run=0", "run=00"),
                signal.replace("run=0&", ""),
                signal.replace(id, other),
                signal.replace(tenant, tenant + "x"),
                signal.substring(0, signal.length() - 1),
                signal.replaceFirst("signature=.*", metadata.substring(metadata.indexOf("signature="))))) {
            assertWrong(signal(wrong, "{}"));
        }
        show(id).body("software_deployment.status", equalTo("IN_PROGRESS"));
        given().delete(deployments + "/" + id).then().statusCode(204);
        assertWrong(signal(signal, "{}"));
    }

    private static void assertWrong(Response response) {
        assertNotFound(
                response, "NotFound", "The URL does not belong to a server or a deployment, or is no longer valid");
    }

    @Test
    void servesDeploymentsOfOtherTenantsThatNameTheProject() {
        String other = "tenant-" + UUID.randomUUID();
        String otherConfig = createId(configsOf(other), CONFIG);
        String id = createId(
                deploymentsOf(other),
                """
                {"config_id": "%s", "server_id": "%s", "action": "a", "stack_user_project_id": "%s"}"""
                        .formatted(otherConfig, server, tenant));
        signal(signalPath(), "{}").then().statusCode(200);
        given().get(deploymentsOf(other) + "/" + id).then().body("software_deployment.status", equalTo("COMPLETE"));
    }

    @Test
    void describesTheAgentAsUserData() {
        Response setup = given().get(deployments + "/metadata/" + server + "/agent");
        String url = setup.path("agent.metadata_url");
        setup.then()
                .body("agent.user_data", startsWith("#cloud-config\n"))
                .body("agent.user_data", containsString("      [request]\n      metadata_url = " + url + "\n"))
                .body(
                        "agent.user_data",
                        containsString("{\"os-collect-config\": {\"collectors\":[\"request\",\"local\"]"));
        assertNotEquals(url, given().get(deployments + "/metadata/other/agent").path("agent.metadata_url"));
    }
}
