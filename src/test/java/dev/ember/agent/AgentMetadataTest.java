package dev.ember.agent;

import static io.restassured.RestAssured.given;
import static org.hamcrest.MatcherAssert.assertThat;
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

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An agent reads what its server has to run, with a signed URL only. */
@QuarkusTest
class AgentMetadataTest extends AgentRequests {

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

    @ParameterizedTest
    @ValueSource(strings = {"cfn", "ec2", "heat", "heat_local", "os_config_files", "request", "zaqar"})
    void renamesConfigsWithTheNameOfAFileOfTheAgent(String name) {
        String ungrouped = deployNamed("Heat::Ungrouped", name);
        deployNamed("script", name);
        metadata().body("deployments.name", contains(name + "-" + ungrouped, name));
    }

    @Test
    void shortensNamesThatAreTooLongForFiles() {
        deployNamed("os-apply-config", "a" + "ü".repeat(122));
        metadata().body("deployments.name", contains("a" + "ü".repeat(122)));
        String longer = deployNamed("os-apply-config", "😀".repeat(255));
        metadata().body("deployments.name", contains("a" + "ü".repeat(122), "😀".repeat(52) + "-" + longer));
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
    void verifiesTheSignatureOfHead() {
        String path = path(metadataUrl());
        for (String wrong :
                List.of(path + "0", path.replace("/agent/", "/%61gent/").replaceFirst("\\?.*", ""))) {
            given().urlEncodingEnabled(false).head(wrong).then().statusCode(404);
        }
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

    /** The body has 1,000 levels, which is more than the checks against the OpenAPI document can read. */
    @Test
    void servesInputValuesOfTheMaximumDepth() throws Exception {
        String deep = "{\"a\":".repeat(998) + "1.50" + "}".repeat(998);
        String body =
                """
                {"config_id": "%s", "server_id": "%s", "action": "a", "input_values": {"deep": %s}}"""
                        .formatted(config, server, deep);
        assertEquals(
                200,
                exchange(HttpRequest.newBuilder(uri(deployments)).POST(BodyPublishers.ofString(body)))
                        .statusCode());
        assertThat(
                exchange(HttpRequest.newBuilder(uri(path(metadataUrl())))).body(),
                containsString("\"name\":\"deep\",\"type\":\"String\",\"value\":" + deep + "}"));
    }

    private String deployNamed(String group, String name) {
        String named = createId(configs, "{\"name\": \"%s\", \"group\": \"%s\"}".formatted(name, group));
        return createId("{\"config_id\": \"%s\", \"server_id\": \"%s\", \"action\": \"a\"}".formatted(named, server));
    }

    private static HttpResponse<String> exchange(HttpRequest.Builder request) throws IOException, InterruptedException {
        return CLIENT.send(request.build(), BodyHandlers.ofString());
    }

    @Test
    void servesStoredJsonUnchanged() {
        String own = createId(
                configs,
                """
                {"name": "n", "config": {"a, b" :  [1.50, 1e2, "ä\\u0041,"]}, "options": {"b" : [ ] , "a": "x, "},
                 "outputs": [{"name": "o"}]}""");
        createId("{\"config_id\": \"%s\", \"server_id\": \"%s\", \"action\": \"a\"}".formatted(own, server));
        metadata()
                .body(containsString("\"config\":{\"a, b\":[1.50,1E+2,\"äA,\"]},\"inputs\":["))
                .body(containsString("\"options\":{\"b\":[],\"a\":\"x, \"}}]"));
    }

    @Test
    void signsItsUrls() {
        String id = deploy("{}");
        Signatures signatures = new Signatures(Signatures.KEY);
        assertEquals(signatures.metadataPath(tenant, server), path(metadataUrl()));
        assertEquals(signatures.signalPath(tenant, id, 0), signalPath());
    }

    @Test
    void describesTheAgentAsUserData() throws IOException {
        String url = metadataUrl();
        String userData = userData();
        assertEquals("#cloud-config", userData.lines().findFirst().orElseThrow());
        String agentConfig = "{\"collectors\":[\"request\",\"local\"],\"request\":{\"metadata_url\":\"" + url + "\"}}";
        assertEquals(
                Map.of(
                        "write_files",
                        List.of(
                                file(
                                        "/etc/os-collect-config.conf",
                                        """
                                        [DEFAULT]
                                        command = os-refresh-config
                                        collectors = request
                                        collectors = local
                                        [request]
                                        metadata_url = %s
                                        """
                                                .formatted(url)),
                                file(
                                        "/var/lib/heat-cfntools/cfn-init-data",
                                        "{\"os-collect-config\": " + agentConfig + "}\n")),
                        "runcmd",
                        List.of(
                                List.of(
                                        "ln",
                                        "-sfn",
                                        "/var/lib/os-collect-config/request.json",
                                        "/var/lib/cloud/data/cfn-init-data"),
                                List.of("systemctl", "restart", "--no-block", "os-collect-config.service"))),
                new YAMLMapper().readValue(userData, Map.class));
        assertNotEquals(url, given().get(deployments + "/metadata/other/agent").path("agent.metadata_url"));
    }

    private static Map<String, String> file(String path, String content) {
        return Map.of("path", path, "owner", "root:root", "permissions", "0600", "content", content);
    }
}
