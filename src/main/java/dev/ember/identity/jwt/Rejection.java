package dev.ember.identity.jwt;

import java.util.Set;
import org.jose4j.jwt.consumer.ErrorCodes;
import org.jose4j.jwt.consumer.InvalidJwtException;

/** Why a token is invalid, as the caller is told. The texts of the library could contain parts of the token. */
enum Rejection {
    ISSUER("The token is from another issuer", Set.of(ErrorCodes.ISSUER_MISSING, ErrorCodes.ISSUER_INVALID)),
    AUDIENCE("The token is for another audience", Set.of(ErrorCodes.AUDIENCE_MISSING, ErrorCodes.AUDIENCE_INVALID)),
    NO_EXPIRY("The token has no claim exp", Set.of(ErrorCodes.EXPIRATION_MISSING)),
    EXPIRED("The token has expired", Set.of(ErrorCodes.EXPIRED)),
    NOT_YET_VALID("The token is not yet valid", Set.of(ErrorCodes.NOT_YET_VALID)),
    UNKNOWN_KEY("No key of the issuer verifies the token", Set.of()),
    MALFORMED("The token is malformed", Set.of());

    private final String text;
    private final Set<Integer> codes;

    Rejection(String text, Set<Integer> codes) {
        this.text = text;
        this.codes = codes;
    }

    String text() {
        return text;
    }

    /** The first reason that applies to the result of a verification. */
    static Rejection of(InvalidJwtException e) {
        for (Rejection reason : values()) {
            if (reason.codes.stream().anyMatch(e::hasErrorCode)) {
                return reason;
            }
        }
        return MALFORMED;
    }
}
