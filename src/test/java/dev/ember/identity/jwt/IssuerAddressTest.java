package dev.ember.identity.jwt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ember.identity.IdentityFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IssuerAddressTest {

    @ParameterizedTest
    @CsvSource({
        "https://a.example.org, https://a.example.org/.well-known/openid-configuration",
        "https://a.example.org/, https://a.example.org/.well-known/openid-configuration",
        "https://a.example.org/b, https://a.example.org/b/.well-known/openid-configuration",
        "https://a.example.org/b/, https://a.example.org/b/.well-known/openid-configuration"
    })
    void namesTheDiscoveryDocument(String issuer, String document) {
        assertEquals(document, new IssuerAddress(issuer).discovery());
    }

    /** The API server of Kubernetes names its IP address. */
    @Test
    void acceptsKeysOnAnotherHost() throws Exception {
        assertEquals(
                "https://172.18.0.2:6443/openid/v1/jwks",
                keys("https://kubernetes.default.svc.cluster.local", "https://172.18.0.2:6443/openid/v1/jwks"));
    }

    @Test
    void acceptsKeysWithoutTlsOfAnIssuerWithoutTlsOnly() throws Exception {
        assertEquals("http://a/keys", keys("http://a", "http://a/keys"));
        assertEquals("https://a/keys", keys("http://a", "https://a/keys"));
        assertThrows(IdentityFailure.class, () -> keys("https://a", "http://a/keys"));
    }

    private static String keys(String issuer, String keys) throws Exception {
        return new IssuerAddress(issuer).keys(new ObjectMapper().readTree(ScriptedIssuer.discovery(issuer, keys)));
    }
}
