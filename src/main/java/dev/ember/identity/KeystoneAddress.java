package dev.ember.identity;

import dev.ember.lifecycle.StartRefused;
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
        String text = settings.url().orElseThrow(() -> refusal("is not set"));
        URI root;
        try {
            root = new URI(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
        } catch (URISyntaxException e) {
            throw refusal("is no address");
        }
        boolean http = "http".equalsIgnoreCase(root.getScheme()) || "https".equalsIgnoreCase(root.getScheme());
        if (!http
                || root.getHost() == null
                || root.getUserInfo() != null
                || !root.getRawPath().endsWith("/v3")) {
            throw refusal("is '" + text + "'");
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

    private static StartRefused refusal(String reason) {
        return new StartRefused(
                "EMBER_KEYSTONE_URL " + reason
                        + ". Set it to the address of the identity API, version 3, such as https://keystone.example.org:5000/v3.");
    }
}
