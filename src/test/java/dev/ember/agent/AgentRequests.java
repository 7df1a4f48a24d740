package dev.ember.agent;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ember.HttpTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;

/** Sends the requests of an agent and of its operator. */
abstract class AgentRequests extends HttpTest {

    static final String CONFIG =
            """
            {"name": "greet", "group": "script", "config": "echo $name",
             "inputs": [{"name": "name"}, {"name": "count", "type": "Number", "default": 3}, {"name": "fixed", "value": "v"},
              {"name": "list", "type": "CommaDelimitedList"}],
             "outputs": [{"name": "result"}, {"name": "broken", "error_output": true}]}""";

    final String server = "server-" + UUID.randomUUID();
    String config;

    @BeforeEach
    void createConfig() {
        config = createId(configs, CONFIG);
    }

    String deploy(String inputs) {
        return createId(
                """
                {"config_id": "%s", "server_id": "%s", "action": "CREATE", "input_values": %s}"""
                        .formatted(config, server, inputs));
    }

    String metadataUrl() {
        return given().get(deployments + "/metadata/" + server + "/agent")
                .then()
                .statusCode(200)
                .header("Cache-Control", "no-store")
                .extract()
                .path("agent.metadata_url");
    }

    /** Returns the path and the query of a URL of the service. */
    static String path(String url) {
        assertEquals("https://ember.test", url.substring(0, url.indexOf("/agent/")));
        return url.substring(url.indexOf("/agent/"));
    }

    ValidatableResponse metadata() {
        return get(path(metadataUrl())).then().statusCode(200);
    }

    static Response get(String path) {
        return given().urlEncodingEnabled(false).get(path);
    }

    String signalPath() {
        List<String> urls =
                metadata().extract().path("deployments[0].inputs.findAll { it.name == 'deploy_signal_id' }.value");
        return path(urls.get(0));
    }

    /** Asserts the response that every invalid URL gets. */
    static void assertWrong(Response response) {
        assertNotFound(
                response, "NotFound", "The URL does not belong to a server or a deployment, or is no longer valid");
    }

    String userData() {
        return given().get(deployments + "/metadata/" + server + "/agent").path("agent.user_data");
    }

    static Response signal(String path, String body) {
        return json(body).put(path);
    }

    ValidatableResponse show(String id) {
        return given().get(deployments + "/" + id).then().statusCode(200);
    }

    void update(String id, String body) {
        json(body).put(deployments + "/" + id).then().statusCode(200);
    }
}
