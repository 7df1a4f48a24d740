package dev.ember.quota;

import static io.restassured.RestAssured.given;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.in;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ember.HttpTest;
import dev.ember.TestDatabase;
import dev.ember.Together;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(QuotaTest.Profile.class)
class QuotaTest extends HttpTest {

    private static final int QUOTA = 3;
    private static final int WRITERS = 50;
    private static final String BODY =
            """
            {"config_id": "%s", "server_id": "s", "action": "a", "stack_user_project_id": "%s"}""";

    public static final class Profile implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "ember.quota-deployments", Integer.toString(QUOTA),
                    "ember.quota-configs", Integer.toString(QUOTA),
                    "ember.config-references", "known");
        }
    }

    @Test
    void isNotExceededByConcurrentCreates() {
        String config = createId(configs, "{}");
        createId(body(config));
        Callable<Integer> writer = () -> retryWhileUnavailable(() -> create(body(config)));
        List<Integer> statuses = Together.run(Collections.nCopies(WRITERS, writer));
        statuses.forEach(status -> assertThat(status, in(List.of(200, 400))));
        assertEquals(QUOTA - 1, Collections.frequency(statuses, 200));
        assertEquals(QUOTA, TestDatabase.deploymentsOf(tenant));
    }

    @Test
    void isNotExceededByConcurrentCreatesOfConfigs() {
        Callable<Integer> writer = () -> retryWhileUnavailable(() -> json("{}").post(configs));
        List<Integer> statuses = Together.run(Collections.nCopies(WRITERS, writer));
        statuses.forEach(status -> assertThat(status, in(List.of(200, 400))));
        assertEquals(QUOTA, Collections.frequency(statuses, 200));
        List<String> stored = given().get(configs).path("software_configs.id");
        assertEquals(QUOTA, stored.size());
    }

    @Test
    void reportsTheQuotaAndAcceptsACreateAfterADelete() {
        String config = createId(configs, "{}");
        String id = createId(body(config));
        createId(body(config));
        createId(body(config));
        assertReached(create(body(config)), "deployments");
        given().delete(deployments + "/" + id).then().statusCode(204);
        create(body(config)).then().statusCode(200);
    }

    @Test
    void reportsTheQuotaOfConfigs() {
        for (int i = 0; i < QUOTA; i++) {
            createId(configs, "{}");
        }
        assertReached(json("{}").post(configs), "configs");
    }

    @Test
    void doesNotCountDeploymentsOfOtherTenants() {
        String other = "other-" + tenant;
        String config = createId(configsOf(other), "{}");
        for (int i = 0; i < QUOTA; i++) {
            createId(deploymentsOf(other), body(config, tenant));
        }
        create(body(createId(configs, "{}"))).then().statusCode(200);
    }

    @Test
    void isCheckedAfterTheFieldsAndBeforeTheConfig() {
        String config = createId(configs, "{}");
        for (int i = 0; i < QUOTA; i++) {
            createId(body(config));
        }
        assertBadRequest(
                create("{\"config_id\": \"c\", \"server_id\": \"s\"}"),
                "Invalid",
                "Data supplied was not valid: action is required and must not be blank");
        assertReached(create(body("unknown")), "deployments");
    }

    /** Retries while the response is 503: so many concurrent requests may not get a database connection in time. */
    private static int retryWhileUnavailable(Callable<Response> request) throws Exception {
        int status = 503;
        while (status == 503) {
            status = request.call().statusCode();
        }
        return status;
    }

    private static void assertReached(Response response, String things) {
        assertBadRequest(
                response,
                "RequestLimitExceeded",
                "Request limit exceeded: You have reached the maximum software " + things
                        + " per tenant, 3. Please delete some " + things + ".");
    }

    private static String body(String config) {
        return body(config, "");
    }

    private static String body(String config, String stackUserProject) {
        return BODY.formatted(config, stackUserProject);
    }
}
