package dev.ember.identity.jwt;

import static org.jose4j.jwa.AlgorithmConstraints.ConstraintType.PERMIT;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ember.identity.InvalidToken;
import dev.ember.identity.token.ValidToken;
import java.time.Instant;
import java.util.List;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.ErrorCodes;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;
import org.jose4j.lang.UnresolvableKeyException;

/**
 * Verifies tokens with the keys of the issuer. The header of a token chooses one of these keys, and nothing else: a key
 * or an address in the header is ignored. Immutable.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8725">RFC 8725, best current practices for JSON Web Tokens</a>
 */
final class TokenVerifier {

    /** Neither {@code none} nor HMAC, with which a public key would be enough to sign. */
    private static final String[] ALGORITHMS = {
        AlgorithmIdentifiers.RSA_USING_SHA256,
        AlgorithmIdentifiers.RSA_USING_SHA384,
        AlgorithmIdentifiers.RSA_USING_SHA512,
        AlgorithmIdentifiers.RSA_PSS_USING_SHA256,
        AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256,
        AlgorithmIdentifiers.ECDSA_USING_P384_CURVE_AND_SHA384,
        AlgorithmIdentifiers.EDDSA
    };

    /** How much the clocks of the issuer and of this service may differ. */
    private static final int LEEWAY_SECONDS = 30;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final JwtConsumer consumer;
    private final ClaimMapping mapping;

    /** @param keys the public keys of the issuer */
    TokenVerifier(List<JsonWebKey> keys, String issuer, String audience, ClaimMapping mapping) {
        JwksVerificationKeyResolver resolver = new JwksVerificationKeyResolver(keys);
        resolver.setDisambiguateWithVerifySignature(true);
        this.consumer = new JwtConsumerBuilder()
                .setJwsAlgorithmConstraints(PERMIT, ALGORITHMS)
                .setJweAlgorithmConstraints(PERMIT)
                .setVerificationKeyResolver(resolver)
                .setExpectedIssuer(true, issuer)
                .setExpectedAudience(true, audience)
                .setRequireExpirationTime()
                .setAllowedClockSkewInSeconds(LEEWAY_SECONDS)
                .build();
        this.mapping = mapping;
    }

    /**
     * Verifies a token.
     *
     * @throws UnknownKey if none of the keys verifies the token; newer keys may
     * @throws InvalidToken if the token is invalid for any other reason
     */
    ValidToken verify(String token) throws InvalidToken, UnknownKey {
        try {
            JwtClaims claims = consumer.processToClaims(token);
            return new ValidToken(mapping.map(JSON.readTree(claims.getRawJson())), expiry(claims.getExpirationTime()));
        } catch (InvalidJwtException e) {
            // An issuer may publish another key with the same id, or none.
            if (e.getCause() instanceof UnresolvableKeyException || e.hasErrorCode(ErrorCodes.SIGNATURE_INVALID)) {
                throw new UnknownKey();
            }
            throw new InvalidToken(Rejection.of(e).text());
        } catch (JsonProcessingException | MalformedClaimException e) {
            throw new InvalidToken(Rejection.MALFORMED.text());
        }
    }

    private static Instant expiry(NumericDate date) {
        return Instant.ofEpochSecond(Math.min(date.getValue(), Instant.MAX.getEpochSecond()));
    }
}
