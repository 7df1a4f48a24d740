package dev.ember.openapi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The files in {@code docs/openapi} are up to date; {@code -Dopenapi.write} renders them. */
class PublishedFilesTest {

    @Test
    void haveTheDocumentAsWritten() throws IOException {
        Map<String, String> files = PublishedFiles.of(PublishedFiles.source());
        if (System.getProperty("openapi.write") != null) {
            PublishedFiles.write(files);
        }
        for (Map.Entry<String, String> file : files.entrySet()) {
            assertEquals(
                    file.getValue(),
                    Files.readString(PublishedFiles.DIRECTORY.resolve(file.getKey())),
                    file.getKey() + " differs; run ./mvnw test -Dtest=PublishedFilesTest -Dopenapi.write");
        }
    }
}
