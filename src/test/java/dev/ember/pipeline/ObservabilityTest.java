package dev.ember.pipeline;

import static io.restassured.RestAssured.given;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.ember.HttpTest;
import dev.ember.pipeline.framing.RawConnection;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class ObservabilityTest extends HttpTest {

    private static final String REQUEST_ID = "X-Openstack-Request-Id";

    @ParameterizedTest
    @ValueSource(strings = {"/q/health/live", "/q/metrics", "/q/openapi", "/nonesuch", "/v1/t/software_deployments/x"})
    void addsARequestIdToEveryResponse(String path) {
        given().get(path).then().header(REQUEST_ID, matchesPattern("req-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"));
    }

    @Test
    void assignsANewRequestIdRegardlessOfTheClient() {
        String own = "req-00000000-0000-0000-0000-000000000000";
        String first = given().header(REQUEST_ID, own).get("/q/health/live").header(REQUEST_ID);
        String second = given().header(REQUEST_ID, own).get("/q/health/live").header(REQUEST_ID);
        assertNotEquals(own, first);
        assertNotEquals(first, second);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/q/health/live", "/q/health/ready", "/q/health/started"})
    void isHealthy(String path) {
        given().get(path).then().statusCode(200).body("status", equalTo("UP"));
    }

    @Test
    void checksTheDatabaseForReadinessOnly() {
        given().get("/q/health/live").then().body("checks.size()", equalTo(0));
        given().get("/q/health/ready").then().body("checks.name", hasItem("Database connections health check"));
    }

    @Test
    void doesNotCheckAnUnusedKeystone() {
        given().get("/q/health/ready").then().body("checks.name", not(hasItem("Keystone credentials")));
    }

    @Test
    void countsRequestsByOperationAndNotByTenant() {
        create("{}");
        for (String path : new String[] {
            "/software_deployments/x",
            "/software_deployments/metadata/s",
            "/software_configs",
            "/software_configs/x",
            "/validate",
            "/build_info"
        }) {
            given().get("/v1/" + tenant + path);
            given().patch("/v1/" + tenant + path);
        }
        String metrics = given().get("/q/metrics").asString();
        for (String label : new String[] {
            "/v1/{tenant_id}/software_deployments",
            "/v1/{tenant_id}/software_deployments/{id}",
            "/v1/{tenant_id}/software_deployments/metadata/{server_id}",
            "/v1/{tenant_id}/software_configs",
            "/v1/{tenant_id}/software_configs/{id}",
            "/v1/{tenant_id}/validate",
            "/v1/{tenant_id}/build_info"
        }) {
            assertThat(metrics, containsString("uri=\"" + label + "\""));
        }
        assertThat(metrics, not(containsString(tenant)));
    }

    @Test
    void countsRejectedRequestsWithoutTheirPath() {
        given().header("Content-Type", "application/json").body("{}").put("/v1/t/no-such-" + tenant + "?a=1");
        given().header("Host", "a b").get("/" + tenant).then().statusCode(400);
        given().get("/q/metrics").then().statusCode(200).body(not(containsString(tenant)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /v1/{name}/../../healthcheck HTTP/1.1",
                "GET /{name}\u0085 HTTP/1.1",
                "GET /{name} HTTP/9.9",
                "{name} / HTTP/1.1",
                "{name} /healthcheck HTTP/1.1",
                "POST /{name} HTTP/1.1\r\nTransfer-Encoding: x",
                "POST /{name} HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nZZ"
            })
    void usesNoTextOfTheClientInMetrics(String line) throws IOException {
        try (RawConnection connection = new RawConnection()) {
            connection.send(line.replace("{name}", tenant) + "\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            assertThat(connection.receiveToTheEnd(), startsWith("HTTP/1.1 "));
        }
        given().get("/q/metrics").then().statusCode(200).body(not(containsString(tenant)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/xml", "application/openmetrics-text", "text/html", "\"", "TEXT/PLAIN"})
    void servesMetricsRegardlessOfAccept(String accept) {
        given().header("Accept", accept)
                .get("/q/metrics")
                .then()
                .statusCode(200)
                .contentType("text/plain")
                .body(containsString("http_server_requests_seconds_count"));
    }

    @Test
    void publishesItsOpenApiDocument() {
        given().get("/q/openapi")
                .then()
                .statusCode(200)
                .body(startsWith("---\nopenapi: 3.1"))
                .body(containsString("operationId: createSoftwareDeployment"));
    }
}
