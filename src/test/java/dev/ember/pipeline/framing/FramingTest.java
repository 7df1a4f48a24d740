package dev.ember.pipeline.framing;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.ember.HttpTest;
import dev.ember.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests that a proxy in front of the service could interpret differently from the service. */
@QuarkusTest
class FramingTest extends HttpTest {

    private static final String BODY = """
            {"config_id": "c", "server_id": "s", "action": "a"}""";
    private static final String MALFORMED = "The request line or a header is malformed";
    private static final String CHUNKED = "The chunked body is malformed";
    private static final String CODING = "The only supported Transfer-Encoding is chunked";
    private static final String VERSION = "The supported versions of HTTP are HTTP/1.1 and HTTP/1.0";
    private static final String TARGET =
            "The request target is not a URI; percent-encode characters that a URI cannot have (RFC 3986)";
    private static final String PATH = "The request target must be a path or an http URI";
    private static final String SLASHES = "The request target begins with two slashes, which may be read as a host";
    private static final String HOST = "The Host header is missing or malformed";
    private static final String HOSTS = "The request has more than one Host header";
    private static final String MISMATCH = "The request target and the Host header name different hosts";

    static Stream<Arguments> rejected() {
        return Stream.of(
                arguments("two different Host headers", get("Host: localhost", "Host: other"), 400, HOSTS),
                arguments("two equal Host headers", get("Host: localhost", "Host: localhost"), 400, HOSTS),
                arguments("two Host headers in HTTP/1.0", get10("Host: a", "Host: b"), 400, HOSTS),
                arguments("no Host header", get("Accept: */*"), 400, HOST),
                arguments("an invalid Host header", get("Host: a b"), 400, HOST),
                arguments("an invalid Host header in HTTP/1.0", get10("Host: a b"), 400, HOST),
                arguments("a Host header on two lines", get("Host: localhost", " other"), 400, HOST),
                arguments("HTTP/9.9", line("GET {path} HTTP/9.9"), 505, VERSION),
                arguments("HTTP/2.0", line("GET {path} HTTP/2.0"), 505, VERSION),
                arguments("HTTP/1.2", line("GET {path} HTTP/1.2"), 505, VERSION),
                arguments("a preface of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505, VERSION),
                arguments("no version", line("GET {path}"), 400, MALFORMED),
                arguments("an invalid version", line("GET {path} HTTP/x"), 400, MALFORMED),
                arguments("a blank in the target", line("GET {path}?a b HTTP/1.1"), 400, MALFORMED),
                arguments("an unknown coding", chunked("Transfer-Encoding: xchunked"), 501, CODING),
                arguments("a coding before chunked", chunked("Transfer-Encoding: gzip, chunked"), 501, CODING),
                arguments("a coding after chunked", chunked("Transfer-Encoding: chunked, gzip"), 400, MALFORMED),
                arguments("chunked twice", chunked("Transfer-Encoding: chunked, chunked"), 501, CODING),
                arguments(
                        "two Transfer-Encoding headers",
                        chunked("Transfer-Encoding: chunked", "Transfer-Encoding: chunked"),
                        400,
                        "The request has more than one Transfer-Encoding header"),
                arguments(
                        "two different Transfer-Encoding headers",
                        chunked("Transfer-Encoding: chunked", "Transfer-Encoding: identity"),
                        400,
                        MALFORMED),
                arguments("chunked on a folded line", chunked("Transfer-Encoding:", " chunked"), 501, CODING),
                arguments("an empty Transfer-Encoding", chunked("Transfer-Encoding:"), 501, CODING),
                arguments(
                        "an unknown coding and a length",
                        post("Transfer-Encoding: x", "Content-Length: 5"),
                        501,
                        CODING),
                arguments(
                        "chunked and a length",
                        chunked("Transfer-Encoding: chunked", "Content-Length: 5"),
                        400,
                        MALFORMED),
                arguments(
                        "a length and chunked",
                        chunked("Content-Length: 5", "Transfer-Encoding: chunked"),
                        400,
                        MALFORMED),
                arguments(
                        "chunked in HTTP/1.0",
                        chunked("Transfer-Encoding: chunked").replace("HTTP/1.1", "HTTP/1.0"),
                        400,
                        MALFORMED),
                arguments("two lengths", post("Content-Length: 5", "Content-Length: 6"), 400, MALFORMED),
                arguments("two equal lengths", post("Content-Length: 5", "Content-Length: 5"), 400, MALFORMED),
                arguments("a list of lengths", post("Content-Length: 5, 5"), 400, MALFORMED),
                arguments("a length with a sign", post("Content-Length: +5"), 400, MALFORMED),
                arguments("a negative length", post("Content-Length: -1"), 400, MALFORMED),
                arguments("a hexadecimal length", post("Content-Length: 0x5"), 400, MALFORMED),
                arguments("a length that is too large", post("Content-Length: 99999999999999999999"), 400, MALFORMED),
                arguments("an empty length", post("Content-Length:"), 400, MALFORMED),
                arguments("a length on two lines", post("Content-Length: 1", " 0"), 400, MALFORMED),
                arguments("a length on a folded line", post("Content-Length:", " 5"), 400, MALFORMED),
                arguments("a blank before the colon", get("Host: localhost", "Content-Length : 5"), 400, MALFORMED),
                arguments("a folded line first", get(" X-A: b", "Host: localhost"), 400, MALFORMED),
                arguments("a header without a colon", get("Host: localhost", "nothing"), 400, MALFORMED),
                arguments("a header without a name", get("Host: localhost", ": 5"), 400, MALFORMED),
                arguments("lines without CR", get("Host: localhost").replace("\r", ""), 400, MALFORMED),
                arguments("a header line without CR", get("Host: localhost", "X-A: b\nX-C: d"), 400, MALFORMED),
                arguments(
                        "CR in a header", get("Host: localhost", "X-A: b\rTransfer-Encoding: chunked"), 400, MALFORMED),
                arguments("NUL in a header", get("Host: localhost", "X-A: b\0c"), 400, MALFORMED),
                arguments("NUL in a name", get("Host: localhost", "X-A\0: b"), 400, MALFORMED),
                arguments("an invalid chunk size", chunks("ZZ\r\n{}\r\n0\r\n\r\n"), 400, CHUNKED),
                arguments("a chunk size of 16 digits", chunks("FFFFFFFFFFFFFFFF\r\n{}\r\n0\r\n\r\n"), 400, CHUNKED),
                arguments("a negative chunk size", chunks("-2\r\n{}\r\n0\r\n\r\n"), 400, CHUNKED),
                arguments("a chunk size with a prefix", chunks("0x2\r\n{}\r\n0\r\n\r\n"), 400, CHUNKED),
                arguments("a chunk size of another script", chunks("\u00b2\r\n{}\r\n0\r\n\r\n"), 400, CHUNKED),
                arguments("an empty chunk size", chunks("\r\n{}\r\n0\r\n\r\n"), 400, CHUNKED),
                arguments("a chunk longer than its size", chunks("2\r\n{}}\r\n0\r\n\r\n"), 400, CHUNKED),
                arguments("a chunk size without CR", chunks("2\n{}\r\n0\r\n\r\n"), 400, CHUNKED),
                arguments("the second chunk size", chunks("1\r\n{\r\nZZ\r\n}\r\n0\r\n\r\n"), 400, CHUNKED),
                arguments("a trailer without a colon", chunks("2\r\n{}\r\n0\r\nnothing\r\n\r\n"), 400, CHUNKED),
                arguments("a chunk size of GET", chunks("ZZ\r\n{}\r\n0\r\n\r\n").replace("POST", "GET"), 400, CHUNKED),
                arguments("a target of another host", line("GET http://other{path} HTTP/1.1"), 400, MISMATCH),
                arguments(
                        "a target without a host",
                        line("GET http://{path} HTTP/1.1").replace("localhost", ""),
                        400,
                        "The request target names no host"),
                arguments("a percent sign alone", line("GET {path}/% HTTP/1.1"), 400, TARGET),
                arguments("an invalid escape", line("GET {path}/%zz HTTP/1.1"), 400, TARGET),
                arguments("an invalid escape in the query", line("GET {path}?a=%zz HTTP/1.1"), 400, TARGET),
                arguments("a bar", line("GET {path}?a=| HTTP/1.1"), 400, TARGET),
                arguments("a fragment", line("GET {path}#a HTTP/1.1"), 400, TARGET),
                arguments("a backslash", line("GET \\v1 HTTP/1.1"), 400, PATH),
                arguments("NUL in the target", line("GET {path}\0 HTTP/1.1"), 400, TARGET),
                arguments("a letter beyond ASCII", line("GET {path}/\u00e9 HTTP/1.1"), 400, TARGET),
                arguments(
                        "a bar below the minor version",
                        line("GET /v1.0/t/software_deployments?a=| HTTP/1.1"),
                        400,
                        TARGET),
                arguments("two slashes", line("GET //localhost{path} HTTP/1.1"), 400, SLASHES),
                arguments("two slashes alone", line("GET // HTTP/1.1"), 400, SLASHES),
                arguments("an asterisk", line("GET * HTTP/1.1"), 400, PATH),
                arguments("a path without a slash", line("GET v1 HTTP/1.1"), 400, PATH),
                arguments("CONNECT", line("CONNECT localhost:80 HTTP/1.1"), 400, PATH),
                arguments(
                        "a request line that is too long",
                        line("GET {path}?" + "a".repeat(16_400) + " HTTP/1.1"),
                        414,
                        "The request line may have at most 16384 bytes"),
                arguments(
                        "headers that are too large",
                        get("Host: localhost", "X-A: " + "a".repeat(20_500)),
                        431,
                        "The request headers may have at most 20480 bytes in total"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rejected")
    void rejectsWithOneFaultAndClosesTheConnection(String name, String request, int status, String message)
            throws IOException {
        assertRejected(request.replace("{path}", deployments) + create(), status, message);
    }

    static Stream<Arguments> rejectedByTheirHead() {
        return rejected().filter(row -> !row.get()[3].equals(CHUNKED));
    }

    /** The first request is still running when the service reads the other two. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("rejectedByTheirHead")
    void rejectsARequestThatFollowsAnother(String name, String request, int status, String message) throws IOException {
        try (RawConnection connection = new RawConnection()) {
            String first = line("GET {path} HTTP/1.1");
            String received = connection
                    .send((first + request).replace("{path}", deployments) + create())
                    .receiveToTheEnd();
            int second = received.indexOf("HTTP/1.1 ", 1);
            assertThat(received, startsWith("HTTP/1.1 200 OK\r\n"));
            assertFault(received.substring(second), status, message);
        }
    }

    static Stream<Arguments> served() {
        return Stream.of(
                arguments("a header on two lines", get("Host: localhost", "X-A: b", " c")),
                arguments("an absolute target", line("GET http://localhost{path} HTTP/1.1")),
                arguments("an absolute target with a query", line("GET HTTP://LOCALHOST{path}?limit=1 HTTP/1.1")),
                arguments("an escaped bar", line("GET {path}?marker=&limit=1&a=%7C HTTP/1.1")),
                arguments("several blanks in the request line", line("GET  {path}\tHTTP/1.1")),
                arguments(
                        "a blank after a chunk size",
                        chunks("2 3\r\n{}\r\n0\r\n\r\n").replace("POST", "GET")),
                arguments("brackets in the query", line("GET {path}?a[]=1 HTTP/1.1")),
                arguments("chunks of GET", chunks("2\r\n{}\r\n0\r\n\r\n").replace("POST", "GET")),
                arguments(
                        "trailers with the names of framing headers",
                        chunks("2\r\n{}\r\n0\r\nContent-Length: 200\r\nHost: other\r\n\r\n")
                                .replace("POST", "GET")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("served")
    void servesUnambiguousRequestsAndTheNextRequest(String name, String request) throws IOException {
        try (RawConnection connection = new RawConnection()) {
            String last = "GET /healthcheck HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
            String received = connection
                    .send(request.replace("{path}", deployments) + last)
                    .receiveToTheEnd();
            assertEquals(2, received.split("HTTP/1.1 200 OK\r\n", -1).length - 1, received);
        }
    }

    /**
     * Netty usually reports the invalid chunk before Vert.x starts the second request. The body of that request then
     * never ends. If the chunk arrives later, the request is rejected at once.
     */
    @Test
    void closesTheConnectionOnAnInvalidChunkAfterAnotherRequest() throws IOException {
        try (RawConnection connection = new RawConnection()) {
            String requests = line("GET {path} HTTP/1.1") + chunks("ZZ\r\n{}\r\n0\r\n\r\n");
            String received = connection
                    .send(requests.replace("{path}", deployments) + create())
                    .receiveToTheEnd();
            String second = received.substring(received.indexOf("HTTP/1.1 ", 1));
            if (second.startsWith("HTTP/1.1 408 ")) {
                assertFault(second, 408, "The body did not arrive within 10 seconds");
            } else {
                assertFault(second, 400, "The chunked body is malformed");
            }
        }
    }

    @Test
    void closesTheConnectionAfterABodyInHttp10() throws IOException {
        try (RawConnection connection = new RawConnection()) {
            String received = connection
                    .send(get10("Connection: keep-alive", "Content-Length: 0", "Content-Length: 5")
                                    .replace("{path}", deployments)
                            + create())
                    .receiveToTheEnd();
            assertThat(received, startsWith("HTTP/1.1 200 OK\r\n"));
            assertEquals(1, received.split("HTTP/1.1 \\d{3} ", -1).length - 1, received);
            assertEquals(0, TestDatabase.deploymentsOf(tenant));
        }
    }

    private void assertRejected(String request, int status, String message) throws IOException {
        try (RawConnection connection = new RawConnection()) {
            assertFault(connection.send(request).receiveToTheEnd(), status, message);
        }
    }

    private void assertFault(String response, int status, String message) {
        assertThat(response, startsWith("HTTP/1.1 " + status + " "));
        assertEquals(1, response.split("HTTP/1.1 \\d{3} ", -1).length - 1, response);
        String[] parts = response.split("\r\n\r\n", 2);
        String head = parts[0].toLowerCase(Locale.ROOT);
        assertThat(head, containsString("connection: close"));
        assertThat(head, containsString("content-type: application/json"));
        assertThat(head.replace("\r\n", "|"), matchesPattern(".*\\|x-openstack-request-id: req-[0-9a-f-]{36}(\\|.*)?"));
        JsonPath fault = new JsonPath(parts[1]);
        assertEquals(status, fault.getInt("code"));
        assertEquals(message, fault.getString("error.message"));
        assertEquals(0, TestDatabase.deploymentsOf(tenant));
    }

    private String create() {
        return "POST " + deployments + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + BODY.length() + "\r\n\r\n"
                + BODY;
    }

    private static String line(String line) {
        return line + "\r\nHost: localhost\r\n\r\n";
    }

    private static String get(String... headers) {
        return "GET {path} HTTP/1.1\r\n" + String.join("\r\n", headers) + "\r\n\r\n";
    }

    private static String get10(String... headers) {
        return get(headers).replace("HTTP/1.1", "HTTP/1.0");
    }

    /** Returns a request whose body is empty according to one header and not according to another. */
    private static String post(String... headers) {
        return "POST {path} HTTP/1.1\r\nHost: localhost\r\n" + String.join("\r\n", headers) + "\r\n\r\n";
    }

    private static String chunked(String... headers) {
        return post(headers) + "0\r\n\r\n";
    }

    private static String chunks(String body) {
        return post("Transfer-Encoding: chunked") + body;
    }
}
