package dev.ember.identity.keystone;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The settings for Keystone, {@code EMBER_KEYSTONE_…}: its address, and the credentials with which this service
 * validates the tokens of callers. They are either an application credential or a user and a password.
 */
@ConfigMapping(prefix = "ember.keystone")
public interface KeystoneSettings {

    /** The address of the identity API, {@code https://…/v3}. */
    Optional<String> url();

    /** The address of the same API in responses to callers, if it is different. */
    Optional<String> publicUrl();

    Optional<String> applicationCredentialId();

    Optional<String> applicationCredentialSecret();

    Optional<String> username();

    Optional<String> password();

    /** The name of the user's domain. */
    @WithDefault("Default")
    String userDomain();

    /** The name of the project in which the user has the role for validating tokens. */
    Optional<String> project();

    /** The name of the project's domain. */
    @WithDefault("Default")
    String projectDomain();

    /** A file of certificates in PEM format, the only ones that are trusted then, instead of those of the system. */
    Optional<Path> caFile();

    /**
     * How long Keystone may take to respond, from sending. A validation waits for its permit at most six times as long.
     */
    @WithDefault("5S")
    Duration timeout();
}
