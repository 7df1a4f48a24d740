package dev.ember.config;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ember.HttpTest;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class ShowSoftwareConfigTest extends HttpTest {

    private String id;

    @BeforeEach
    void createConfig() {
        id = createId(configs, "{\"name\": \"shown\"}");
    }

    @Test
    void acceptsAnIdInUpperCase() {
        given().get(configs + "/" + id.toUpperCase(Locale.ROOT))
                .then()
                .statusCode(200)
                .body("software_config.id", equalTo(id));
    }

    @Test
    void respondsToHeadLikeGet() {
        given().head(configs + "/" + id).then().statusCode(200).body(emptyString());
        given().head(configs + "/x").then().statusCode(404).body(emptyString());
    }

    /** The service renders the response of the create, PostgreSQL that of the show. */
    @Test
    void returnsControlCharactersAsTheCreateDid() {
        Response created =
                json("{\"name\": \"\\u001d\\u000b\\u007f\\ud83d\\ude00/\"}").post(configs);
        assertEquals(
                created.asString(),
                given().get(configs + "/" + created.path("software_config.id")).asString());
    }

    @Test
    void ignoresABody() {
        json("{\"a\": 1}").get(configs + "/" + id).then().statusCode(200);
        json("not JSON").get(configs + "/" + id).then().statusCode(200);
    }

    @Test
    void hidesAConfigFromOtherTenants() {
        assertNotFound(
                given().get(configsOf("other") + "/" + id), "NotFound", "Software config with id " + id + " not found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"00000000-0000-0000-0000-000000000000", "x", "1-1-1-1-1", "0", "x.json"})
    void respondsNotFoundForAnUnknownId(String unknown) {
        assertNotFound(
                given().get(configs + "/" + unknown), "NotFound", "Software config with id " + unknown + " not found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%00", "%ff", "a%2Fb", "%20", "%D0%B0"})
    void respondsNotFoundForAnUnknownEncodedId(String unknown) {
        given().urlEncodingEnabled(false).get(configs + "/" + unknown).then().statusCode(404);
    }

    @Test
    void respondsNotFoundForASuffixAfterTheId() {
        given().get(configs + "/" + id + ".json").then().statusCode(404);
        given().get(configs + "/" + id + "/").then().statusCode(404);
    }
}
