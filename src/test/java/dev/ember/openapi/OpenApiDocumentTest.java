package dev.ember.openapi;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ember.HttpTest;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The service and {@code docs/openapi} have the document as written; {@code -Dopenapi.write} renders the latter. */
@QuarkusTest
class OpenApiDocumentTest extends HttpTest {

    @Test
    void isPublishedAsWritten() throws IOException {
        Map<String, String> files = PublishedFiles.of(PublishedFiles.source());
        if (System.getProperty("openapi.write") != null) {
            PublishedFiles.write(files);
        }
        for (Map.Entry<String, String> file : files.entrySet()) {
            assertEquals(
                    file.getValue(),
                    Files.readString(PublishedFiles.DIRECTORY.resolve(file.getKey())),
                    file.getKey() + " differs; run ./mvnw test -Dtest=OpenApiDocumentTest -Dopenapi.write");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"json", "yaml"})
    void isServedAsWritten(String format) throws IOException {
        JsonNode written = PublishedFiles.data(PublishedFiles.json(PublishedFiles.source()));
        String served = given().get("/q/openapi?format=" + format).asString();
        assertEquals(written, PublishedFiles.data(served));
    }
}
