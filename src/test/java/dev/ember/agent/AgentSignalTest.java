package dev.ember.agent;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ember.Metrics;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An agent reports the result of a run, with a signed URL only. */
@QuarkusTest
class AgentSignalTest extends AgentRequests {

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
                upperCaseSignature(metadata),
                new Signatures("f".repeat(64)).metadataPath(tenant, server),
                metadata.replaceFirst("signature=.*", signal.substring(signal.indexOf("signature="))),
                metadata.replace("/agent/", "/%61gent/"),
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
                signal.replace("/agent/", "/%61gent/"),
                upperCaseSignature(signal),
                new Signatures("f".repeat(64)).signalPath(tenant, id, 0),
                signal.substring(0, signal.length() - 1),
                signal.replaceFirst("signature=.*", metadata.substring(metadata.indexOf("signature="))))) {
            assertWrong(signal(wrong, "{}"));
        }
        show(id).body("software_deployment.status", equalTo("IN_PROGRESS"));
        given().delete(deployments + "/" + id).then().statusCode(204);
        assertWrong(signal(signal, "{}"));
    }

    @Test
    void countsTheStatusOfASignalOnce() {
        deploy("{}");
        String signal = signalPath();
        double complete = Metrics.sum("ember_deployment_statuses_total{status=\"complete\"");
        signal(signal, "{}").then().statusCode(200);
        signal(signal, "{}").then().statusCode(200);
        assertEquals(complete + 1, Metrics.sum("ember_deployment_statuses_total{status=\"complete\""));
    }

    private static String upperCaseSignature(String path) {
        int start = path.indexOf("signature=") + "signature=".length();
        return path.substring(0, start) + path.substring(start).toUpperCase(Locale.ROOT);
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
}
