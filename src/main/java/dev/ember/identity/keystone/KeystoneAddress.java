package dev.ember.identity.keystone;

import dev.ember.settings.InvalidConfiguration;
import java.net.URI;
import java.net.URISyntaxException;

/**
 * Where Keystone is.
 *
 * @param root the address of its API, version 3, without a slash at the end
 */
record KeystoneAddress(URI root) {

    /** Reads {@code EMBER_KEYSTONE_URL}, and refuses the start when it is no such address. */
    static KeystoneAddress of(KeystoneSettings settings) {
        return settings.url()
                .map(text -> of("EMBER_KEYSTONE_URL", text))
                .orElseThrow(() -> rejection("EMBER_KEYSTONE_URL", "is not set"));
    }

    /** Reads {@code EMBER_KEYSTONE_PUBLIC_URL} in the same way. Without it, callers are told this address. */
    KeystoneAddress orPublic(KeystoneSettings settings) {
        return settings.publicUrl()
                .map(text -> of("EMBER_KEYSTONE_PUBLIC_URL", text))
                .orElse(this);
    }

    private static KeystoneAddress of(String variable, String text) {
        URI root;
        try {
            root = new URI(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
        } catch (URISyntaxException e) {
            throw rejection(variable, "is no address");
        }
        boolean http = "http".equalsIgnoreCase(root.getScheme()) || "https".equalsIgnoreCase(root.getScheme());
        if (!http
                || root.getHost() == null
                || root.getUserInfo() != null
                || !root.getRawPath().endsWith("/v3")) {
            throw rejection(variable, "is '" + text + "'");
        }
        return new KeystoneAddress(root);
    }

    boolean isEncrypted() {
        return "https".equalsIgnoreCase(root.getScheme());
    }

    /** Where tokens are issued and validated. */
    String tokens() {
        return root + "/auth/tokens";
    }

    private static InvalidConfiguration rejection(String variable, String reason) {
        return new InvalidConfiguration(
                variable + " " + reason
                        + ". Set it to the address of the identity API, version 3, such as https://keystone.example.org:5000/v3.");
    }
}
