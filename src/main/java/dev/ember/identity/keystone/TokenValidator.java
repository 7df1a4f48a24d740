package dev.ember.identity.keystone;

import dev.ember.identity.IdentityFailure;
import dev.ember.identity.InvalidToken;
import dev.ember.identity.provider.ProviderExchange;
import dev.ember.identity.provider.ProviderResponse;
import dev.ember.identity.token.ValidToken;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;

/** Validates the tokens of callers at Keystone. */
final class TokenValidator {

    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;

    private final ProviderExchange keystone;
    private final String address;
    private final ServiceToken serviceToken;
    private final KeystoneLimit limit;

    TokenValidator(ProviderExchange keystone, String address, ServiceToken serviceToken, KeystoneLimit limit) {
        this.keystone = keystone;
        this.address = address;
        this.serviceToken = serviceToken;
        this.limit = limit;
    }

    /**
     * Validates a token. The response of Keystone does not include the catalog. If Keystone rejects the service token,
     * the token is replaced once.
     *
     * @return the description of the token; fails with {@link InvalidToken}, or with {@link IdentityFailure} if it is
     *     unknown whether the token is valid
     */
    Future<ValidToken> validate(String token) {
        return validate(token, "");
    }

    /** Does the same, but also accepts a token that has expired recently. */
    Future<ValidToken> validateAllowExpired(String token) {
        return validate(token, "&allow_expired=1");
    }

    private Future<ValidToken> validate(String token, String option) {
        return limit.run(() -> serviceToken.get().compose(authToken -> request(authToken, token, option)
                .compose(response -> {
                    if (response.status() != UNAUTHORIZED) {
                        return read(response);
                    }
                    serviceToken.discard(authToken);
                    return serviceToken
                            .get()
                            .compose(renewed -> request(renewed, token, option))
                            .compose(TokenValidator::read);
                })));
    }

    private Future<ProviderResponse> request(String authToken, String token, String option) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap()
                .add("Accept", "application/json")
                .add("X-Auth-Token", authToken)
                .add("X-Subject-Token", token);
        return keystone.send(HttpMethod.GET, address + "?nocatalog" + option, headers, null);
    }

    private static Future<ValidToken> read(ProviderResponse response) {
        if (response.isRejection(NOT_FOUND)) {
            return Future.failedFuture(new InvalidToken());
        }
        if (response.isRejection(FORBIDDEN)) {
            return Future.failedFuture(new IdentityFailure("it does not permit this service to validate tokens"));
        }
        if (response.status() != OK) {
            return Future.failedFuture(
                    new IdentityFailure("it responds with " + response.status() + " to the validation of a token"));
        }
        if (TokenDocument.hasAccessRules(response.body())) {
            return Future.failedFuture(new InvalidToken());
        }
        try {
            return Future.succeededFuture(TokenDocument.read(response.body()));
        } catch (IdentityFailure e) {
            return Future.failedFuture(e);
        }
    }
}
