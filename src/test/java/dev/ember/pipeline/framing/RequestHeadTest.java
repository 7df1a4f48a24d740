package dev.ember.pipeline.framing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ember.HttpTest;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The maximum sizes of the request line and of the headers. */
@QuarkusTest
class RequestHeadTest extends HttpTest {

    @Test
    void limitsTheRequestLineTo16Kibibytes() throws IOException {
        assertEquals("200", status("GET /healthcheck?" + "x".repeat(16_000) + " HTTP/1.1\r\n"));
        assertEquals("414", status("GET /healthcheck?" + "x".repeat(16_400) + " HTTP/1.1\r\n"));
    }

    @Test
    void limitsTheHeadersTo20Kibibytes() throws IOException {
        String request = "GET /healthcheck HTTP/1.1\r\nX-Auth-Token: ";
        assertEquals("200", status(request + "x".repeat(20_000) + "\r\n"));
        assertEquals("431", status(request + "x".repeat(20_500) + "\r\n"));
    }

    private static String status(String request) throws IOException {
        try (RawConnection connection = new RawConnection()) {
            return connection
                    .send(request + "Host: localhost\r\nConnection: close\r\n\r\n")
                    .receiveToTheEnd()
                    .substring(9, 12);
        }
    }
}
