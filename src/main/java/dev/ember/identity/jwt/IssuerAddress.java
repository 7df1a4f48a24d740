package dev.ember.identity.jwt;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ember.identity.IdentityFailure;
import java.net.URI;
import java.net.URISyntaxException;

/**
 * The address of the issuer.
 *
 * @param issuer the issuer, as in the claim {@code iss}
 * @see <a href="https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderConfig">OpenID Connect Discovery,
 *     provider configuration</a>
 */
record IssuerAddress(String issuer) {

    /** The address of the discovery document. */
    String discovery() {
        String base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
        return base + "/.well-known/openid-configuration";
    }

    /**
     * The address of the keys in a discovery document. It may have another host, because the API server of Kubernetes
     * names its IP address.
     *
     * @throws IdentityFailure if the document is not that of this issuer, or if it names an address without TLS
     *     although it was read with TLS
     */
    String keys(JsonNode document) throws IdentityFailure {
        if (!issuer.equals(document.path("issuer").textValue())) {
            throw new IdentityFailure("its discovery document does not name EMBER_JWT_ISSUER as the issuer");
        }
        String address = document.path("jwks_uri").asText();
        if (isEncrypted(address) || isHttp(address, "http") && !isEncrypted(issuer)) {
            return address;
        }
        throw new IdentityFailure("its discovery document has no jwks_uri that can be used");
    }

    static boolean isEncrypted(String address) {
        return isHttp(address, "https");
    }

    private static boolean isHttp(String address, String scheme) {
        try {
            URI uri = new URI(address);
            return scheme.equalsIgnoreCase(uri.getScheme()) && uri.getHost() != null && uri.getUserInfo() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
