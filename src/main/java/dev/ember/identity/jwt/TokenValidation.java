package dev.ember.identity.jwt;

import dev.ember.identity.IdentityFailure;
import dev.ember.identity.InvalidToken;
import dev.ember.identity.token.ValidToken;
import io.vertx.core.Future;

/** Validates tokens with the current keys of the issuer. */
record TokenValidation(IssuerKeys<TokenVerifier> keys) {

    /**
     * Validates a token. If none of the keys verifies it, it is verified once more with newer ones.
     *
     * @return fails with {@link InvalidToken}, or with {@link IdentityFailure} if there never were any keys
     */
    Future<ValidToken> validate(String token) {
        return keys.get().compose(verifier -> verify(token, verifier)
                .recover(e -> e instanceof UnknownKey
                        ? keys.newerThan(verifier)
                                .compose(newer -> newer == verifier ? Future.failedFuture(e) : verify(token, newer))
                                .recover(TokenValidation::reject)
                        : Future.failedFuture(e)));
    }

    private static Future<ValidToken> verify(String token, TokenVerifier verifier) {
        try {
            return Future.succeededFuture(verifier.verify(token));
        } catch (InvalidToken | UnknownKey e) {
            return Future.failedFuture(e);
        }
    }

    private static Future<ValidToken> reject(Throwable e) {
        return Future.failedFuture(e instanceof UnknownKey ? new InvalidToken(Rejection.UNKNOWN_KEY.text()) : e);
    }
}
