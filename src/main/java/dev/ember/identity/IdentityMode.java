package dev.ember.identity;

/** Where the service learns who calls. */
public enum IdentityMode {
    /** From the path alone: its tenant is trusted, and any token or none is accepted. */
    NONE,
    /** From Keystone, which validates the token of each request. */
    KEYSTONE
}
