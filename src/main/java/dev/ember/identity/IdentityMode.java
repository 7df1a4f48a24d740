package dev.ember.identity;

/** How the service identifies callers. */
public enum IdentityMode {
    /** By the path alone. The tenant in the path is trusted, and requests with any token or no token are accepted. */
    NONE,
    /** By Keystone, which validates the token of each request. */
    KEYSTONE,
    /** By a token that an OpenID Connect issuer or a Kubernetes cluster has signed. */
    JWT
}
