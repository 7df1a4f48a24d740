package dev.ember.identity.provider;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.ember.identity.IdentityFailure;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Sends requests to the identity provider and reads the responses, within limits of time and size. Never blocks.
 *
 * <p>A server may close an idle connection at any time, even if it did not announce this with {@code Connection:
 * close}. All requests of this service can be repeated safely. A request that fails because of a closed connection is
 * therefore sent again on a new connection.
 */
public final class ProviderExchange {

    /** The default of keystoneauth. */
    private static final int MAX_ATTEMPTS = 3;

    private static final int MAX_RESPONSE_BYTES = 1_048_576;
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .build())
            .build();

    private final ProviderConnections connections;
    private final Duration timeout;
    private final ProviderMetrics metrics;

    /** @param timeout the longest time from the beginning of the first attempt to the end of the response */
    public ProviderExchange(ProviderConnections connections, Duration timeout, ProviderMetrics metrics) {
        this.connections = connections;
        this.timeout = timeout;
        this.metrics = metrics;
    }

    /**
     * Sends a request.
     *
     * @param address the URL
     * @param headers the headers of the request
     * @param body the body of the request, or null
     * @return the response; fails with a {@link IdentityFailure} if there is none in time
     */
    public Future<ProviderResponse> send(HttpMethod method, String address, MultiMap headers, Buffer body) {
        RequestOptions options = options(method, address, headers);
        AtomicReference<Future<HttpClientRequest>> current = new AtomicReference<>();
        long start = System.nanoTime();
        Future<ProviderResponse> response = attempt(connections.pooled(), options, body, current);
        for (int attempts = 1; attempts < MAX_ATTEMPTS; attempts++) {
            response = response.recover(e -> isConnectionLoss(e, current.get())
                    ? attempt(connections.fresh(), options, body, current)
                    : Future.failedFuture(e));
        }
        return response.timeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .onComplete(result -> metrics.count(result, Duration.ofNanos(System.nanoTime() - start)))
                .onFailure(e -> current.get().onSuccess(HttpClientRequest::reset))
                .recover(e -> Future.failedFuture(toFailure(e)));
    }

    private RequestOptions options(HttpMethod method, String address, MultiMap headers) {
        URI uri = URI.create(address);
        boolean encrypted = "https".equalsIgnoreCase(uri.getScheme());
        // setAbsoluteURI would use java.net.URL, which needs a handler for each scheme in the native binary.
        return new RequestOptions()
                .setMethod(method)
                .setSsl(encrypted)
                .setHost(uri.getHost())
                .setPort(uri.getPort() >= 0 ? uri.getPort() : encrypted ? 443 : 80)
                .setURI(target(uri))
                .setHeaders(headers)
                .setFollowRedirects(false)
                .setTimeout(timeout.toMillis());
    }

    private static String target(URI uri) {
        String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
    }

    private static Future<ProviderResponse> attempt(
            HttpClient client,
            RequestOptions options,
            Buffer body,
            AtomicReference<Future<HttpClientRequest>> current) {
        Future<HttpClientRequest> opened = client.request(options);
        current.set(opened);
        return opened.compose(request ->
                (body == null ? request.send() : request.send(body)).compose(response -> read(request, response)));
    }

    /** Whether an open connection was closed or reset before the response was complete. */
    private static boolean isConnectionLoss(Throwable failure, Future<HttpClientRequest> opened) {
        return failure instanceof HttpClosedException || opened.succeeded() && failure instanceof IOException;
    }

    private static Future<ProviderResponse> read(HttpClientRequest request, HttpClientResponse response) {
        Promise<ProviderResponse> promise = Promise.promise();
        Buffer bytes = Buffer.buffer();
        response.exceptionHandler(promise::tryFail);
        response.handler(part -> {
            if (bytes.length() + part.length() > MAX_RESPONSE_BYTES) {
                promise.tryFail(new IdentityFailure("its response is too long"));
                request.reset();
                return;
            }
            bytes.appendBuffer(part);
        });
        response.endHandler(end ->
                promise.tryComplete(new ProviderResponse(response.statusCode(), response.headers(), parse(bytes))));
        return promise.future();
    }

    private static JsonNode parse(Buffer bytes) {
        try {
            return JSON.readTree(bytes.getBytes());
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }

    private IdentityFailure toFailure(Throwable e) {
        if (e instanceof IdentityFailure failure) {
            return failure;
        }
        if (e instanceof TimeoutException) {
            return IdentityFailure.unreachable("it does not respond within " + timeout.toMillis() + " ms");
        }
        return IdentityFailure.unreachable(FailureCause.describe(e));
    }
}
