package dev.ember.deployment;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.emptyString;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ember.HttpTest;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class ListSoftwareDeploymentsTest extends HttpTest {

    @Test
    void returnsAnEmptyListForANewTenant() {
        Response response = given().get(deployments);
        response.then().statusCode(200).contentType("application/json");
        assertEquals("{\"software_deployments\":[]}", response.asString().strip());
    }

    @Test
    void listsDeploymentsOldestFirstAsCreateReturnedThem() {
        String first = create(
                        """
                        {"config_id": "c", "server_id": "s", "action": "a", "status_reason": "é🎉",
                         "input_values": {"b": 1.50, "a": [null]}}""")
                .asString();
        String second = create("""
                {"config_id": "c", "server_id": "s", "action": "a"}""")
                .asString();
        assertEquals(
                "{\"software_deployments\":[" + inner(first) + "," + inner(second) + "]}",
                given().get(deployments).asString().strip());
    }

    @Test
    void listsDeploymentsOfOneTenantOnly() {
        String own = create(deployments, "s", "c", "a", "COMPLETE");
        create(deploymentsOf("other"), "s", "c", "a", "COMPLETE");
        assertEquals(List.of(own), list(""));
    }

    @Test
    void respondsToHeadLikeGet() {
        create(deployments, "s", "c", "a", "COMPLETE");
        given().head(deployments)
                .then()
                .statusCode(200)
                .contentType("application/json")
                .body(emptyString());
    }

    @Test
    void ignoresABody() {
        json("{\"a\": 1}").get(deployments).then().statusCode(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "server_id=s1                       | 1 2 3",
                "server_id=s2                       | 4 5",
                "server_id=S1                       | ''",
                "server_id=%20s1                    | ''",
                "server_id=nonesuch                 | ''",
                "server_id=                         | 1 2 3 4 5 6",
                "server_id                          | 1 2 3 4 5 6",
                "server_id=s1&server_id=s2          | 4 5",
                "server_id=s1&server_id=            | 1 2 3 4 5 6",
                "server_id=a/b%20%D0%B9%F0%9F%8E%89 | 6",
                "config_id=c1                       | 1 4",
                "config_id=c2&config_id=c1          | 1 4",
                "config_id=                         | 1 2 3 4 5 6",
                "action=CREATE                      | 1 2 4",
                "action=create                      | ''",
                "status=COMPLETE                    | 1 5",
                "status=IN_PROGRESS                 | 2 4 6",
                "status=                            | 1 2 3 4 5 6",
                "status=BOGUS&status=FAILED         | 3",
                "server_id=s1&config_id=c2          | 2 3",
                "server_id=s1&config_id=c2&action=UPDATE | 3",
                "server_id=s1&config_id=c2&action=UPDATE&status=FAILED | 3",
                "server_id=s1&config_id=c2&action=UPDATE&status=COMPLETE | ''",
                "server_id=s1&limit=2               | 1 2",
                "config_id=c2&marker=#2             | 3 5 6",
                "config_id=c1&marker=#2&limit=1     | 4",
                "limit=0                            | ''",
                "limit=6                            | 1 2 3 4 5 6",
                "limit=2147483647                   | 1 2 3 4 5 6",
                "limit=                             | 1 2 3 4 5 6",
                "limit=1&limit=3                    | 1 2 3",
                "marker=#6                          | ''",
                "marker=                            | 1 2 3 4 5 6",
                "marker=#1&marker=#4                | 5 6",
                "id=x&tenant=y&sort_key=z&nonesuch=%00&Status=BOGUS | 1 2 3 4 5 6",
            })
    void appliesFiltersLimitAndMarker(String query, String expected) {
        List<String> ids = createSix();
        for (int i = 0; i < 6; i++) {
            query = query.replace("#" + (i + 1), ids.get(i));
        }
        List<String> part =
                list(query).stream().map(id -> "" + (ids.indexOf(id) + 1)).toList();
        assertEquals(expected, String.join(" ", part));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "status=BOGUS    | status must be one of IN_PROGRESS, COMPLETE, FAILED",
                "status=complete | status must be one of IN_PROGRESS, COMPLETE, FAILED",
                "status=%00      | status must be one of IN_PROGRESS, COMPLETE, FAILED",
                "server_id=%00   | server_id must not contain the character U+0000",
                "config_id=c%00  | config_id must not contain the character U+0000",
                "action=%00      | action must not contain the character U+0000",
            })
    void rejectsAFilterThatCannotMatch(String query, String rule) {
        assertBadRequest(get(query), "Invalid", "Data supplied was not valid: " + rule);
    }

    @ParameterizedTest
    @CsvSource({"server_id, 256", "config_id, 256", "action, 256", "server_id, 8192"})
    void rejectsAFilterThatIsTooLong(String parameter, int length) {
        assertBadRequest(
                get(parameter + "=" + "x".repeat(length)),
                "Invalid",
                "Data supplied was not valid: " + parameter + " must be at most 255 characters long");
    }

    @ParameterizedTest
    @ValueSource(strings = {"server_id", "config_id", "action"})
    void acceptsAFilterOf255Characters(String parameter) {
        get(parameter + "=" + "x".repeat(255)).then().statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"server_id", "config_id", "action", "status", "limit", "marker", "nonesuch"})
    void rejectsAParameterThatIsNotUtf8(String parameter) {
        assertBadRequest(get(parameter + "=%ff"), "UnicodeDecodeError", parameter + " must be UTF-8, percent-encoded");
    }

    private List<String> createSix() {
        return List.of(
                create(deployments, "s1", "c1", "CREATE", "COMPLETE"),
                create(deployments, "s1", "c2", "CREATE", "IN_PROGRESS"),
                create(deployments, "s1", "c2", "UPDATE", "FAILED"),
                create(deployments, "s2", "c1", "CREATE", "IN_PROGRESS"),
                create(deployments, "s2", "c2", "UPDATE", "COMPLETE"),
                create(deployments, "a/b й🎉", "c2", "DELETE", "IN_PROGRESS"));
    }

    private static String create(String path, String server, String config, String action, String status) {
        return createId(
                path,
                """
                {"server_id": "%s", "config_id": "%s", "action": "%s", "status": "%s"}"""
                        .formatted(server, config, action, status));
    }

    private static String inner(String envelope) {
        return envelope.substring("{\"software_deployment\":".length(), envelope.length() - 1);
    }

    private List<String> list(String query) {
        return new ArrayList<>(
                get(query).then().statusCode(200).extract().<List<String>>path("software_deployments.id"));
    }

    private Response get(String query) {
        return given().urlEncodingEnabled(false).get(query.isEmpty() ? deployments : deployments + "?" + query);
    }
}
