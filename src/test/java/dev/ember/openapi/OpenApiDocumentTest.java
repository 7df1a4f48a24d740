package dev.ember.openapi;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ember.HttpTest;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The service serves the hand-written document. */
@QuarkusTest
class OpenApiDocumentTest extends HttpTest {

    @ParameterizedTest
    @ValueSource(strings = {"json", "yaml"})
    void isServedAsWritten(String format) throws IOException {
        JsonNode written = PublishedFiles.data(PublishedFiles.json(PublishedFiles.source()));
        String served = given().get("/q/openapi?format=" + format).asString();
        assertEquals(written, PublishedFiles.data(served));
    }
}
