package dev.ember.identity.keystone;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;

/** Asks Keystone about the token of a caller. */
final class TokenValidator {

    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;

    private final KeystoneExchange keystone;
    private final String address;
    private final ServiceToken serviceToken;
    private final KeystoneLimit limit;

    TokenValidator(KeystoneExchange keystone, String address, ServiceToken serviceToken, KeystoneLimit limit) {
        this.keystone = keystone;
        this.address = address;
        this.serviceToken = serviceToken;
        this.limit = limit;
    }

    /**
     * What Keystone says of a token, without its catalog. A service token that Keystone refuses is replaced, once.
     *
     * @return the token's description; a {@link InvalidToken}; or a {@link KeystoneFailure}, which says nothing of it
     */
    Future<ValidToken> validate(String token) {
        return validate(token, "");
    }

    /** The same, but that a token which has expired a while ago counts as valid. */
    Future<ValidToken> validateAlsoExpired(String token) {
        return validate(token, "&allow_expired=1");
    }

    private Future<ValidToken> validate(String token, String option) {
        return limit.run(() -> serviceToken.get().compose(own -> request(own, token, option)
                .compose(response -> {
                    if (response.status() != UNAUTHORIZED) {
                        return read(response);
                    }
                    serviceToken.rejected(own);
                    return serviceToken
                            .get()
                            .compose(next -> request(next, token, option))
                            .compose(TokenValidator::read);
                })));
    }

    private Future<KeystoneResponse> request(String own, String token, String option) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap()
                .add("Accept", "application/json")
                .add("X-Auth-Token", own)
                .add("X-Subject-Token", token);
        return keystone.send(HttpMethod.GET, address + "?nocatalog" + option, headers, null);
    }

    private static Future<ValidToken> read(KeystoneResponse response) {
        if (response.isRejection(NOT_FOUND)) {
            return Future.failedFuture(new InvalidToken());
        }
        if (response.isRejection(FORBIDDEN)) {
            return Future.failedFuture(new KeystoneFailure("it does not let this service validate tokens"));
        }
        if (response.status() != OK) {
            return Future.failedFuture(
                    new KeystoneFailure("it answers " + response.status() + " to the validation of a token"));
        }
        if (TokenDocument.hasAccessRules(response.body())) {
            return Future.failedFuture(new InvalidToken());
        }
        try {
            return Future.succeededFuture(TokenDocument.read(response.body()));
        } catch (KeystoneFailure e) {
            return Future.failedFuture(e);
        }
    }
}
