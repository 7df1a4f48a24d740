package dev.ember.openapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.restassured.RestAssured;
import io.restassured.filter.Filter;
import io.restassured.filter.FilterContext;
import io.restassured.http.Header;
import io.restassured.response.Response;
import io.restassured.specification.FilterableRequestSpecification;
import io.restassured.specification.FilterableResponseSpecification;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Validates every exchange of the tests against the OpenAPI document: its status, its headers, and each field of its
 * body. A path or method that the document does not list gets an error as the document describes in general.
 */
public final class DocumentedExchanges implements Filter {

    private static final Pattern PATH = Pattern.compile("(?:https?://[^/?]*)?([^?#]*).*", Pattern.DOTALL);

    private static final Pattern BOARD = Pattern.compile("/board(/.*)?");

    /** Headers of HTTP, which the document does not describe. */
    private static final Set<String> HEADERS_OF_HTTP = Set.of(
            "content-type",
            "content-length",
            "connection",
            "transfer-encoding",
            "date",
            "vary",
            "access-control-allow-origin",
            "access-control-expose-headers");

    private static final DocumentedBodies BODIES = new DocumentedBodies(PublishedFiles.document());

    private static final JsonNode FAULT = PublishedFiles.document().at("/components/responses/BadRequest");

    private static final JsonNode UNAUTHORIZED = PublishedFiles.document().at("/components/responses/Unauthorized");

    @Override
    public Response filter(
            FilterableRequestSpecification request, FilterableResponseSpecification expected, FilterContext context) {
        Response response = context.next(request, expected);
        if (!request.getURI().startsWith(RestAssured.baseURI + ":" + RestAssured.port)) {
            return response; // of another server
        }
        Map<String, String> headers = new HashMap<>();
        for (Header header : response.headers()) {
            headers.put(header.getName().toLowerCase(Locale.ROOT), header.getValue());
        }
        check(request.getMethod(), request.getURI(), response.statusCode(), headers, response.asString());
        return response;
    }

    /** Checks an exchange that REST Assured did not send. */
    public static void check(HttpResponse<String> response) {
        Map<String, String> headers = new HashMap<>();
        response.headers().map().forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
        URI uri = response.request().uri();
        check(response.request().method(), uri.toString(), response.statusCode(), headers, response.body());
    }

    private static void check(String method, String uri, int status, Map<String, String> headers, String body) {
        Matcher path = PATH.matcher(uri);
        assertTrue(path.matches(), uri);
        String exchange = method + " " + path.group(1) + " → " + status;
        if (path.group(1).startsWith("/q/") && status < 400) {
            return;
        }
        if (BOARD.matcher(path.group(1)).matches() && status != 404) {
            return; // a page, and no part of the API
        }
        boolean isHead = method.equals("HEAD");
        JsonNode item = item(path.group(1));
        JsonNode operation = item.path(isHead ? "get" : method.toLowerCase(Locale.ROOT));
        if (method.equals("OPTIONS") && status == 204) {
            assertTrue(headers.containsKey("allow") || headers.containsKey("access-control-allow-methods"), exchange);
            return;
        }
        if (operation.isMissingNode() && status == 401) {
            check(exchange, UNAUTHORIZED, headers, isHead ? null : body);
            return;
        }
        if (operation.isMissingNode()) {
            assertTrue(status == (item.isMissingNode() ? 404 : 405) || status == 400 || status >= 500, exchange);
            assertEquals(status == 405, headers.remove("allow") != null, exchange);
            check(exchange, FAULT, headers, isHead ? null : body);
            return;
        }
        JsonNode response = BODIES.dereference(operation.at("/responses/" + status));
        assertFalse(response.isMissingNode(), exchange + " is not documented");
        check(exchange, response, headers, isHead ? null : body);
    }

    private static void check(String exchange, JsonNode response, Map<String, String> headers, String body) {
        JsonNode documented = response.path("headers");
        for (Map.Entry<String, JsonNode> header : documented.properties()) {
            String value = headers.remove(header.getKey().toLowerCase(Locale.ROOT));
            boolean required =
                    BODIES.dereference(header.getValue()).path("required").asBoolean();
            assertTrue(value != null || !required, exchange + " lacks " + header.getKey());
            if (value != null) {
                BODIES.checkHeader(exchange + " " + header.getKey(), header.getValue(), value);
            }
        }
        String contentType = headers.get("content-type");
        headers.keySet().removeAll(HEADERS_OF_HTTP);
        headers.remove("retry-after"); // sent with faults that do not depend on the operation
        assertTrue(headers.isEmpty(), () -> exchange + " has undocumented headers " + headers.keySet());
        if (body == null) {
            return;
        }
        if (response.has("content")) {
            String type = contentType.split(";", 2)[0];
            assertTrue(response.get("content").has(type), exchange + " has the undocumented type " + type);
            BODIES.checkBody(exchange, response.get("content").get(type).get("schema"), body);
        } else {
            assertEquals("", body, exchange);
        }
    }

    private static JsonNode item(String path) {
        String known = path.isEmpty()
                ? "/"
                : path.replaceFirst("^/v1[.]0(?=/|$)", "/v1").replaceFirst("^/v1/$", "/v1");
        for (Map.Entry<String, JsonNode> item :
                PublishedFiles.document().get("paths").properties()) {
            if (known.matches(item.getKey().replaceAll("\\{[^}]*}", "[^/]+"))) {
                return item.getValue();
            }
        }
        return PublishedFiles.document().path("none");
    }
}
