package dev.ember.discovery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ember.HttpTest;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class ValidateTest extends HttpTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                """
                {"template": {"heat_template_version": "2013-05-23", "resources": {"deploy": {
                  "type": "OS::Heat::SoftwareConfig", "properties": {"group": "script", "config": "echo"}}}}}""",
                "{}",
                "{\"template\": 5}"
            })
    void returnsTheSameResponseForEveryTemplate(String body) {
        Response response = json(body).post("/v1/" + tenant + "/validate");
        response.then().statusCode(200).contentType("application/json");
        assertEquals(
                """
                {"Description":"No description","Parameters":{},"Environment":{"resource_registry":{"resources":{}},\
                "parameters":{},"parameter_defaults":{},"event_sinks":[]}}""",
                response.asString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "null", "5"})
    void rejectsABodyThatIsNotAJsonObject(String body) {
        assertBadRequest(
                json(body).post("/v1/" + tenant + "/validate"), "HTTPBadRequest", "The body must be a JSON object");
    }
}
