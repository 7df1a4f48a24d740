package dev.ember.identity;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;

/** Asks Keystone about the token of a caller. */
final class TokenValidation {

    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;

    private final KeystoneExchange keystone;
    private final String address;
    private final ServiceToken serviceToken;
    private final KeystoneLimit limit;

    TokenValidation(KeystoneExchange keystone, String address, ServiceToken serviceToken, KeystoneLimit limit) {
        this.keystone = keystone;
        this.address = address;
        this.serviceToken = serviceToken;
        this.limit = limit;
    }

    /**
     * What Keystone says of a token, without its catalog. A service token that Keystone refuses is replaced, once.
     *
     * @return the token's description; a {@link RefusedToken}; or a {@link KeystoneFailure}, which says nothing of it
     */
    Future<ValidToken> validate(String token) {
        return validate(token, "");
    }

    /** The same, but that a token which has expired a while ago counts as valid. */
    Future<ValidToken> validateAlsoExpired(String token) {
        return validate(token, "&allow_expired=1");
    }

    private Future<ValidToken> validate(String token, String option) {
        return limit.run(
                () -> serviceToken.get().compose(own -> ask(own, token, option).compose(answer -> {
                    if (answer.status() != UNAUTHORIZED) {
                        return read(answer);
                    }
                    serviceToken.refused(own);
                    return serviceToken
                            .get()
                            .compose(next -> ask(next, token, option))
                            .compose(TokenValidation::read);
                })));
    }

    private Future<KeystoneExchange.Answer> ask(String own, String token, String option) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap()
                .add("Accept", "application/json")
                .add("X-Auth-Token", own)
                .add("X-Subject-Token", token);
        return keystone.ask(HttpMethod.GET, address + "?nocatalog" + option, headers, null);
    }

    private static Future<ValidToken> read(KeystoneExchange.Answer answer) {
        if (answer.isRefusal(NOT_FOUND)) {
            return Future.failedFuture(new RefusedToken());
        }
        if (answer.isRefusal(FORBIDDEN)) {
            return Future.failedFuture(new KeystoneFailure("it does not let this service validate tokens"));
        }
        if (answer.status() != OK) {
            return Future.failedFuture(
                    new KeystoneFailure("it answers " + answer.status() + " to the validation of a token"));
        }
        if (TokenDocument.hasAccessRules(answer.body())) {
            return Future.failedFuture(new RefusedToken());
        }
        try {
            return Future.succeededFuture(TokenDocument.read(answer.body()));
        } catch (KeystoneFailure e) {
            return Future.failedFuture(e);
        }
    }
}
