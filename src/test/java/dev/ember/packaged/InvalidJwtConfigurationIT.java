package dev.ember.packaged;

import java.util.Map;
import org.junit.jupiter.api.Test;

class InvalidJwtConfigurationIT extends RejectedStart {

    @Test
    void listsAllProblemsWithTheIssuer() throws Exception {
        assertRejected(
                Map.of(
                        DATABASE,
                        NOWHERE,
                        "EMBER_IDENTITY",
                        "jwt",
                        "EMBER_JWT_ISSUER",
                        "login.example.org",
                        "EMBER_JWT_BEARER_TOKEN_FILE",
                        "/absent"),
                """
                EMBER_JWT_AUDIENCE is not set. Set it to the audience that the claim aud of accepted tokens names, such as \
                ember.
                EMBER_JWT_BEARER_TOKEN_FILE is '/absent'. It must be a readable file with a token.
                EMBER_JWT_BEARER_TOKEN_FILE needs an encrypted connection. Set EMBER_JWT_ISSUER to an address that begins \
                with https.
                EMBER_JWT_ISSUER is 'login.example.org'. Set it to the address of the issuer, as in the claim iss of its \
                tokens, such as https://login.example.org.""");
    }

    @Test
    void saysThatTheIssuerIsNotSet() throws Exception {
        assertRejected(
                Map.of(DATABASE, NOWHERE, "EMBER_IDENTITY", "jwt", "EMBER_JWT_AUDIENCE", "ember"),
                "EMBER_JWT_ISSUER is not set. Set it to the address of the issuer, as in the claim iss of its tokens, such as"
                        + " https://login.example.org.");
    }
}
