package dev.ember.board;

import static io.restassured.RestAssured.given;

import dev.ember.HttpTest;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A service with the default setting. It has no twin for the binary: there, the settings of the test's database, which
 * enable the board, win over those of a profile.
 */
@QuarkusTest
@TestProfile(BoardDisabledTest.Profile.class)
class BoardDisabledTest extends HttpTest {

    public static final class Profile implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("ember.board", "false");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/board", "/board/", "/board/main.js", "/board/identity.js"})
    void respondsNotFound(String path) {
        assertNotFound(
                given().redirects().follow(false).get(path),
                "HTTPNotFound",
                "No operation has this path; GET /q/openapi lists the operations");
    }
}
