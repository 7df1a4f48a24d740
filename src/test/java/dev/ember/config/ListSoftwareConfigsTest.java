package dev.ember.config;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ember.HttpTest;
import dev.ember.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class ListSoftwareConfigsTest extends HttpTest {

    private static final String NO_ITEM =
            "Data supplied was not valid: marker must be the id of an item of the" + " list; no item has this id";

    @Test
    void returnsAnEmptyListForANewTenant() {
        Response response = given().get(configs);
        response.then().statusCode(200).contentType("application/json");
        assertEquals("{\"software_configs\":[]}", response.asString().strip());
    }

    @Test
    void listsFourFieldsOfEachConfigNewestFirst() {
        createId(configs, "{\"name\": \"first\", \"group\": \"script\", \"config\": \"secret\"}");
        createId(configs, "{\"inputs\": [{\"name\": \"a\"}]}");
        Response response = given().get(configs);
        assertEquals(
                """
                {"software_configs":[{"id":"%s","name":null,"group":null,"creation_time":"%s"},\
                {"id":"%s","name":"first","group":"script","creation_time":"%s"}]}"""
                        .formatted(
                                response.path("software_configs[0].id"),
                                response.path("software_configs[0].creation_time"),
                                response.path("software_configs[1].id"),
                                response.path("software_configs[1].creation_time")),
                response.asString().strip());
    }

    @Test
    void listsConfigsOfOneTenantOnly() {
        String own = createId(configs, "{}");
        createId(configsOf("other"), "{}");
        assertEquals(List.of(own), list(""));
    }

    @Test
    void respondsToHeadLikeGet() {
        createId(configs, "{}");
        given().head(configs)
                .then()
                .statusCode(200)
                .contentType("application/json")
                .body(emptyString());
    }

    @Test
    void ignoresABody() {
        json("{\"a\": 1}").get(configs).then().statusCode(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "limit=2              | 5 4",
                "limit=0              | ''",
                "limit=5              | 5 4 3 2 1",
                "limit=2147483647     | 5 4 3 2 1",
                "limit=               | 5 4 3 2 1",
                "limit                | 5 4 3 2 1",
                "limit=1&limit=3      | 5 4 3",
                "marker=#4            | 3 2 1",
                "marker=#1            | ''",
                "marker=              | 5 4 3 2 1",
                "marker=#5&marker=#3  | 2 1",
                "marker=x&marker=#3   | 2 1",
                "marker=#5&limit=2    | 4 3",
                "marker=#5&limit=0    | ''",
                "global_tenant=false  | 5 4 3 2 1",
                "global_tenant=False  | 5 4 3 2 1",
                "global_tenant=       | 5 4 3 2 1",
                "global_tenant=true&global_tenant=false | 5 4 3 2 1",
                "name=x&sort_keys=name&nonesuch=%00 | 5 4 3 2 1",
                "Limit=1              | 5 4 3 2 1",
            })
    void appliesLimitAndMarker(String query, String expected) {
        List<String> ids = createFive();
        for (int i = 0; i < 5; i++) {
            query = query.replace("#" + (i + 1), ids.get(i));
        }
        List<String> part =
                list(query).stream().map(id -> "" + (ids.indexOf(id) + 1)).toList();
        assertEquals(expected, String.join(" ", part));
    }

    @Test
    void acceptsAMarkerInUpperCase() {
        List<String> ids = createFive();
        assertEquals(List.of(ids.get(0)), list("marker=" + ids.get(1).toUpperCase(Locale.ROOT)));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void returnsEveryConfigOnceAcrossPages(int limit) {
        List<String> ids = createFive();
        List<String> seen = new ArrayList<>();
        for (List<String> page = list("limit=" + limit); !page.isEmpty(); ) {
            seen.addAll(page);
            page = list("limit=" + limit + "&marker=" + page.get(page.size() - 1));
        }
        Collections.reverse(seen);
        assertEquals(ids, seen);
    }

    @ParameterizedTest
    @CsvSource({
        "abc, Only integer is acceptable by 'limit'.",
        "1.5, Only integer is acceptable by 'limit'.",
        "%2B1, Only integer is acceptable by 'limit'.",
        "+1, Only integer is acceptable by 'limit'.",
        "00, Only integer is acceptable by 'limit'.",
        "01, Only integer is acceptable by 'limit'.",
        "%201, Only integer is acceptable by 'limit'.",
        "1%00, Only integer is acceptable by 'limit'.",
        "1e3, Only integer is acceptable by 'limit'.",
        "-, Only integer is acceptable by 'limit'.",
        "-0, Only integer is acceptable by 'limit'.",
        "%D9%A1, Only integer is acceptable by 'limit'.",
        "-1, Value '-1' is invalid for 'limit' which only accepts non-negative integer.",
        "-99999999999999999999, Value '-99999999999999999999' is invalid for 'limit' which only accepts non-negative integer.",
        "2147483648, limit must be at most 2147483647",
        "10000000000000000000000, limit must be at most 2147483647"
    })
    void rejectsAnInvalidLimit(String limit, String message) {
        assertBadRequest(get("limit=" + limit), "HTTPBadRequest", message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "00000000-0000-0000-0000-000000000000", "1-1-1-1-1", "%00", "%20"})
    void rejectsAnUnknownMarker(String marker) {
        createId(configs, "{}");
        assertBadRequest(get("marker=" + marker), "Invalid", NO_ITEM);
        assertBadRequest(get("limit=0&marker=" + marker), "Invalid", NO_ITEM);
    }

    @Test
    void rejectsTheIdOfADeletedConfigAsMarker() {
        String id = createId(configs, "{}");
        given().delete(configs + "/" + id).then().statusCode(204);
        assertBadRequest(get("marker=" + id), "Invalid", NO_ITEM);
    }

    @Test
    void rejectsTheMarkerOfAnotherTenant() {
        assertBadRequest(get("marker=" + createId(configsOf("other"), "{}")), "Invalid", NO_ITEM);
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "True", "TRUE"})
    void forbidsListingConfigsOfAllTenants(String word) {
        assertFault(
                get("global_tenant=" + word),
                403,
                "Forbidden",
                "Access was denied to this resource.",
                "Forbidden",
                "You are not authorized to use software_configs:global_index.");
    }

    @Test
    void rejectsAGlobalTenantThatIsNotABoolean() {
        assertBadRequest(
                get("global_tenant=maybe"),
                "HTTPBadRequest",
                "Unrecognized value \"maybe\" for \"global_tenant\", acceptable values are: true, false.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit", "marker", "nonesuch"})
    void rejectsAParameterThatIsNotUtf8(String parameter) {
        assertBadRequest(get(parameter + "=%ff"), "UnicodeDecodeError", parameter + " must be UTF-8, percent-encoded");
    }

    @Test
    void returnsLongListsCompletelyAndInOrder() throws Exception {
        TestDatabase.execute(
                """
                insert into software_config (id, tenant_id, name, inputs, outputs, options, created_at)
                select lpad(to_hex(i), 8, '0') || substr(gen_random_uuid()::text, 9), '%s', i, '[]', '[]', '{}', now()
                from generate_series(1, 3000) i"""
                        .formatted(tenant));
        List<String> names = given().get(configs).jsonPath().getList("software_configs.name");
        List<String> expected = new ArrayList<>();
        for (int i = 3_000; i > 0; i--) {
            expected.add(Integer.toString(i));
        }
        assertEquals(expected, names);
        given().queryParam("limit", 2_001).get(configs).then().body("software_configs.size()", equalTo(2_001));
    }

    private List<String> createFive() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            ids.add(createId(configs, "{}"));
        }
        return ids;
    }

    private List<String> list(String query) {
        return get(query).then().statusCode(200).extract().path("software_configs.id");
    }

    private Response get(String query) {
        return given().urlEncodingEnabled(false).get(query.isEmpty() ? configs : configs + "?" + query);
    }
}
