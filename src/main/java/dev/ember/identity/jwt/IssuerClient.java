package dev.ember.identity.jwt;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ember.identity.IdentityFailure;
import dev.ember.identity.provider.ProviderExchange;
import dev.ember.identity.provider.ProviderResponse;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.Optional;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;

/** Fetches the public keys of the issuer. */
final class IssuerClient {

    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;

    /** More than any issuer needs. A token without a key id is tried with each of them. */
    private static final int MAX_KEYS = 100;

    /** The API server of Kubernetes responds with 406 for its keys if only the first is accepted. */
    private static final String ACCEPTED = "application/json, application/jwk-set+json";

    private final ProviderExchange exchange;
    private final IssuerAddress address;
    private final Optional<String> keysAddress;
    private final Optional<BearerTokenFile> bearerToken;

    /**
     * @param keysAddress the address of the keys; empty if discovery has to find it
     * @param bearerToken the token that the requests have
     */
    IssuerClient(
            ProviderExchange exchange,
            IssuerAddress address,
            Optional<String> keysAddress,
            Optional<BearerTokenFile> bearerToken) {
        this.exchange = exchange;
        this.address = address;
        this.keysAddress = keysAddress;
        this.bearerToken = bearerToken;
    }

    /** Fetches the keys. Fails with an {@link IdentityFailure} if there are none. */
    Future<List<JsonWebKey>> fetch() {
        return headers()
                .compose(headers ->
                        findKeys(headers).compose(keys -> get(keys, headers)).compose(IssuerClient::parse));
    }

    private Future<String> findKeys(MultiMap headers) {
        if (keysAddress.isPresent()) {
            return Future.succeededFuture(keysAddress.get());
        }
        return get(address.discovery(), headers).compose(document -> {
            try {
                return Future.succeededFuture(address.keys(document));
            } catch (IdentityFailure e) {
                return Future.failedFuture(e);
            }
        });
    }

    private Future<MultiMap> headers() {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap().add("Accept", ACCEPTED);
        return bearerToken
                .map(file -> file.read().map(token -> headers.add("Authorization", "Bearer " + token)))
                .orElse(Future.succeededFuture(headers));
    }

    private Future<JsonNode> get(String url, MultiMap headers) {
        return exchange.send(HttpMethod.GET, url, headers, null).compose(response -> read(url, response));
    }

    private static Future<JsonNode> read(String url, ProviderResponse response) {
        return switch (response.status()) {
            case OK -> Future.succeededFuture(response.body());
            case UNAUTHORIZED, FORBIDDEN ->
                Future.failedFuture(IdentityFailure.credentials("it rejects the request of this service for " + url
                        + "; EMBER_JWT_BEARER_TOKEN_FILE must name a token that it accepts"));
            default -> Future.failedFuture(new IdentityFailure("it responds with " + response.status() + " to " + url));
        };
    }

    /** Ignores keys of unknown types and keys that are not public. */
    private static Future<List<JsonWebKey>> parse(JsonNode document) {
        try {
            List<JsonWebKey> keys = new JsonWebKeySet(document.toString())
                    .getJsonWebKeys().stream()
                            .filter(PublicJsonWebKey.class::isInstance)
                            .toList();
            return keys.isEmpty() || keys.size() > MAX_KEYS
                    ? Future.failedFuture(new IdentityFailure("it has " + keys.size() + " keys that can be used"))
                    : Future.succeededFuture(keys);
        } catch (JoseException | ClassCastException e) {
            return Future.failedFuture(new IdentityFailure("its response is not a set of keys"));
        }
    }
}
