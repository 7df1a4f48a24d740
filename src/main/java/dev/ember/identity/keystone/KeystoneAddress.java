package dev.ember.identity.keystone;

import java.net.URI;

/**
 * The address of Keystone.
 *
 * @param root the address of its API, version 3, without a slash at the end
 */
record KeystoneAddress(URI root) {

    /** The address that the service uses, {@code EMBER_KEYSTONE_URL}. */
    static KeystoneAddress of(KeystoneSettings settings) {
        return of(settings.url().orElseThrow());
    }

    /** Returns the address in responses to callers, {@code EMBER_KEYSTONE_PUBLIC_URL}, or else this address. */
    KeystoneAddress orPublic(KeystoneSettings settings) {
        return settings.publicUrl().map(KeystoneAddress::of).orElse(this);
    }

    private static KeystoneAddress of(String text) {
        return new KeystoneAddress(URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text));
    }

    boolean isEncrypted() {
        return "https".equalsIgnoreCase(root.getScheme());
    }

    /** The address at which tokens are issued and validated. */
    String tokens() {
        return root + "/auth/tokens";
    }
}
