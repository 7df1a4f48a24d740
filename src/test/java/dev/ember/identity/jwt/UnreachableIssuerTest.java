package dev.ember.identity.jwt;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ember.HttpTest;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** The issuer was never reached. */
@QuarkusTest
@WithTestResource(UnreachableIssuer.class)
class UnreachableIssuerTest extends HttpTest {

    @Test
    void respondsUnavailable() {
        String token = TestJwt.of(UnreachableIssuer.ADDRESS, tenant, "member").signedWith(TestKey.RSA);
        assertUnavailable(
                given().header("Authorization", "Bearer " + token).get(deployments),
                "The identity service cannot be reached to validate the token; try again later");
    }

    @Test
    void rejectsARequestWithoutAToken() {
        given().get(deployments).then().statusCode(401).header("WWW-Authenticate", "Bearer realm=\"ember\"");
    }

    @Test
    void isNotReady() throws Exception {
        HttpResponse<String> response = CLIENT.send(
                HttpRequest.newBuilder(uri("/q/health/ready")).build(), HttpResponse.BodyHandlers.ofString());
        assertEquals(503, response.statusCode());
        assertTrue(response.body().contains("Issuer keys"), response.body());
        given().get("/q/health/live").then().statusCode(200);
    }
}
