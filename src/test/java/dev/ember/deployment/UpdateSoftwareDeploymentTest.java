package dev.ember.deployment;

import static io.restassured.RestAssured.given;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ember.HttpTest;
import dev.ember.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class UpdateSoftwareDeploymentTest extends HttpTest {

    private static final String AS_CREATED =
            """
            "server_id":"s","config_id":"c","action":"a","status":"IN_PROGRESS","status_reason":"r",\
            "input_values":{"i":1},"output_values":null,"creation_time":"2015-01-31T15:12:36Z\"""";

    private String id;
    private String deployment;

    @BeforeEach
    void createOldDeployment() throws SQLException {
        id = createId(
                """
                {"config_id": "c", "server_id": "s", "action": "a", "status_reason": "r", "input_values": {"i": 1}}""");
        deployment = deployments + "/" + id;
        TestDatabase.execute(
                """
                update software_deployment set created_at = '2015-01-31T15:12:36.9Z', updated_at = '2015-01-31T15:12:36.9Z'
                where id = '%s'"""
                        .formatted(id));
    }

    @Test
    void replacesEveryUpdatableField() {
        Response updated =
                json("""
                        {"config_id": "c2", "action": "UPDATE", "status": "COMPLETE", "status_reason": "é",
                         "input_values": {"b": 1.50, "a": null}, "output_values": {"deploy_status_code": 0}}""")
                        .put(deployment);
        updated.then().statusCode(200).contentType("application/json");
        String expected =
                """
                {"software_deployment":{"id":"%s","server_id":"s","config_id":"c2","action":"UPDATE",\
                "status":"COMPLETE","status_reason":"é","input_values":{"b":1.50,"a":null},\
                "output_values":{"deploy_status_code":0},"creation_time":"2015-01-31T15:12:36Z",\
                "updated_time":"%s"}}"""
                        .formatted(id, updated.path("software_deployment.updated_time"));
        assertEquals(expected, updated.asString());
        assertEquals(expected, given().get(deployment).asString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'config_id': 'c2'}                | 'config_id':'c'        | 'config_id':'c2'",
                "{'action': 'b'}                    | 'action':'a'           | 'action':'b'",
                "{'action': ''}                     | 'action':'a'           | 'action':''",
                "{'status': 'FAILED'}               | 'status':'IN_PROGRESS' | 'status':'FAILED'",
                "{'status': 'COMPLETE'}             | 'status':'IN_PROGRESS' | 'status':'COMPLETE'",
                "{'status_reason': 'b'}             | 'status_reason':'r'    | 'status_reason':'b'",
                "{'status_reason': ''}              | 'status_reason':'r'    | 'status_reason':''",
                "{'input_values': {'j': [2]}}       | 'input_values':{'i':1} | 'input_values':{'j':[2]}",
                "{'input_values': {}}               | 'input_values':{'i':1} | 'input_values':{}",
                "{'output_values': {'o': null}}     | 'output_values':null   | 'output_values':{'o':null}",
                "{'output_values': {}}              | 'output_values':null   | 'output_values':{}",
                "{'action': null, 'status': 'FAILED'} | 'status':'IN_PROGRESS' | 'status':'FAILED'",
                "{'status': 'BOGUS', 'status': 'FAILED'} | 'status':'IN_PROGRESS' | 'status':'FAILED'",
            })
    void replacesOnlyTheGivenField(String body, String before, String after) {
        String expected = AS_CREATED.replace(before.replace('\'', '"'), after.replace('\'', '"'));
        assertUpdated(json(body.replace('\'', '"')).put(deployment), expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                """
                {"config_id": null, "action": null, "status": null, "status_reason": null, "input_values": null,
                 "output_values": null}""",
                """
                {"id": "mine", "server_id": "other", "tenant": "other", "tenant_id": "other",
                 "creation_time": "2020-01-01T00:00:00Z", "updated_time": 5, "stack_user_project_id": "p",
                 "nonesuch": [[]]}""",
                """
                {"software_deployment": {"status": "FAILED"}}"""
            })
    void changesOnlyUpdatedTimeIfNoFieldIsGiven(String body) {
        assertUpdated(json(body).put(deployment), AS_CREATED);
    }

    @Test
    void acceptsAReturnToAnEarlierStatus() {
        json("{\"status\": \"COMPLETE\"}").put(deployment).then().statusCode(200);
        json("{\"status\": \"IN_PROGRESS\"}")
                .put(deployment)
                .then()
                .body("software_deployment.status", equalTo("IN_PROGRESS"));
    }

    @Test
    void replacesValuesAsAWhole() {
        json("{\"output_values\": {\"a\": 1, \"b\": {\"c\": 2}}}").put(deployment);
        json("{\"output_values\": {\"b\": {\"d\": 3}}}").put(deployment);
        assertThat(given().get(deployment).asString(), containsString("\"output_values\":{\"b\":{\"d\":3}}"));
    }

    @Test
    void countsCharactersNotBytes() {
        String action = "🎉".repeat(255);
        String reason = "й".repeat(65_535);
        json("{\"config_id\": \"%s\", \"action\": \"%s\", \"status_reason\": \"%s\"}".formatted(action, action, reason))
                .put(deployment)
                .then()
                .statusCode(200)
                .body("software_deployment.config_id", equalTo(action))
                .body("software_deployment.status_reason", equalTo(reason));
    }

    @Test
    void acceptsAnIdInUpperCase() {
        json("{}").put(deployments + "/" + id.toUpperCase(Locale.ROOT)).then().statusCode(200);
    }

    @Test
    void preservesTheOrderOfTheList() {
        String later = createId("""
                {"config_id": "c", "server_id": "s", "action": "a"}""");
        json("{\"status\": \"FAILED\"}").put(deployment).then().statusCode(200);
        given().get(deployments).then().body("software_deployments.id", equalTo(List.of(id, later)));
    }

    private void assertUpdated(Response updated, String expected) {
        updated.then().statusCode(200);
        String time = updated.path("software_deployment.updated_time");
        assertEquals(
                "{\"software_deployment\":{\"id\":\"" + id + "\"," + expected + ",\"updated_time\":\"" + time + "\"}}",
                updated.asString());
        assertThat(time, greaterThan("2015-01-31T15:12:36Z"));
        assertEquals(updated.asString(), given().get(deployment).asString());
    }
}
