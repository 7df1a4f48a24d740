package dev.ember.deployment;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ember.HttpTest;
import dev.ember.TestDatabase;
import dev.ember.Together;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class PageSoftwareDeploymentsTest extends HttpTest {

    private static final String BODY = """
            {"config_id": "c", "server_id": "s", "action": "a"}""";
    private static final int MORE_THAN_CONNECTIONS = 40;
    private static final String NO_ITEM =
            "Data supplied was not valid: marker must be the id of an item of the" + " list; no item has this id";

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void returnsEachDeploymentOnceAcrossPagesDespiteChanges(int limit) {
        List<String> remaining = new ArrayList<>();
        List<String> toDelete = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            toDelete.add(createId(BODY));
            remaining.add(createId(BODY));
        }
        List<String> seen = new ArrayList<>();
        int additions = 3;
        for (List<String> page = list("limit=" + limit); !page.isEmpty(); ) {
            seen.addAll(page);
            String last = page.get(page.size() - 1);
            if (!toDelete.isEmpty()) {
                String deleted = toDelete.remove(toDelete.size() - 1);
                if (!deleted.equals(last)) {
                    given().delete(deployments + "/" + deleted).then().statusCode(204);
                }
            }
            if (additions-- > 0) {
                remaining.add(createId(BODY));
            }
            page = list("limit=" + limit + "&marker=" + last);
        }
        assertEquals(seen.stream().distinct().sorted().toList(), seen);
        assertEquals(remaining, seen.stream().filter(remaining::contains).toList());
    }

    @Test
    void servesMoreConcurrentReadersThanConnections() {
        String first = createId(BODY);
        String second = createId(BODY);
        List<Callable<List<String>>> readers =
                Collections.nCopies(MORE_THAN_CONNECTIONS, () -> list("marker=" + first));
        for (int round = 0; round < 5; round++) {
            for (List<String> page : Together.run(readers)) {
                assertEquals(List.of(second), page);
            }
        }
    }

    @Test
    void acceptsAMarkerInUpperCase() {
        String first = createId(BODY);
        String second = createId(BODY);
        assertEquals(List.of(second), list("marker=" + first.toUpperCase(Locale.ROOT)));
    }

    @Test
    void acceptsAMarkerThatTheFilterExcludes() {
        String first = createId("""
                {"config_id": "c", "server_id": "t", "action": "a"}""");
        String second = createId(BODY);
        assertEquals(List.of(second), list("server_id=s&marker=" + first));
    }

    @ParameterizedTest
    @CsvSource({
        "abc, Only integer is acceptable by 'limit'.",
        "1.5, Only integer is acceptable by 'limit'.",
        "+1, Only integer is acceptable by 'limit'.",
        "01, Only integer is acceptable by 'limit'.",
        "-1, Value '-1' is invalid for 'limit' which only accepts non-negative integer.",
        "2147483648, limit must be at most 2147483647"
    })
    void rejectsAnInvalidLimit(String limit, String message) {
        assertBadRequest(get("limit=" + limit), "HTTPBadRequest", message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "00000000-0000-0000-0000-000000000000", "1-1-1-1-1", "%00"})
    void rejectsAnUnknownMarker(String marker) {
        createId(BODY);
        assertBadRequest(get("marker=" + marker), "Invalid", NO_ITEM);
    }

    @Test
    void rejectsTheIdOfADeletedDeploymentAsMarker() {
        String id = createId(BODY);
        given().delete(deployments + "/" + id).then().statusCode(204);
        assertBadRequest(get("marker=" + id), "Invalid", NO_ITEM);
    }

    @Test
    void rejectsTheMarkerOfAnotherTenant() {
        assertBadRequest(get("marker=" + createId(deploymentsOf("other"), BODY)), "Invalid", NO_ITEM);
    }

    /** Includes lengths that exceed the number of rows that the service reads at a time. */
    @ParameterizedTest
    @ValueSource(ints = {15, 16, 17, 500, 1000, 3456})
    void returnsLongListsCompletelyAndInOrder(int length) throws SQLException {
        insert(length, "'{}'");
        List<String> expected =
                IntStream.rangeClosed(1, length).mapToObj(Integer::toString).toList();
        assertEquals(expected, actions(""));
        assertEquals(expected, actions("?limit=" + length));
        assertEquals(expected.subList(0, length - 1), actions("?limit=" + (length - 1)));
        assertEquals(expected, actions("?server_id=s&status=COMPLETE"));
    }

    @Test
    void returnsLargeDeploymentsCompletely() throws SQLException {
        insert(9, "json_build_object('a', repeat(action, 1000000))");
        insert(100, "json_build_object('a', repeat('x', 20000))");
        Response response = given().get(deployments);
        response.then()
                .statusCode(200)
                .body("software_deployments.size()", equalTo(109))
                .body("software_deployments.findAll { it.input_values.a.length() == 1000000 }.size()", equalTo(9))
                .body("software_deployments.findAll { it.input_values.a.length() == 20000 }.size()", equalTo(100));
        assertEquals(
                response.<List<String>>path("software_deployments.id").stream()
                        .sorted()
                        .toList(),
                response.path("software_deployments.id"));
    }

    /** Stores deployments whose action is their position in the list. */
    private void insert(int length, String inputValues) throws SQLException {
        TestDatabase.execute(
                """
                insert into software_deployment
                (id, tenant_id, config_id, server_id, action, status, input_values, created_at, updated_at)
                select (lpad(to_hex(i), 8, '0') || substr(gen_random_uuid()::text, 9))::uuid, '%s', 'c', 's', action,
                 'COMPLETE', %s, now(), now()
                from generate_series(1, %d) i, lateral (select i::text as action) numbered"""
                        .formatted(tenant, inputValues, length));
    }

    private List<String> actions(String query) {
        return given().get(deployments + query).then().statusCode(200).extract().path("software_deployments.action");
    }

    private List<String> list(String query) {
        return get(query).then().statusCode(200).extract().path("software_deployments.id");
    }

    private Response get(String query) {
        return given().urlEncodingEnabled(false).get(deployments + "?" + query);
    }
}
