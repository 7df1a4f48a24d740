package dev.ember.agent;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;
import java.util.Optional;

/** The settings for in-server agents. Agents are served when both the URL and the key are set. */
@ConfigMapping(prefix = "ember")
interface AgentSettings {

    /** {@code EMBER_PUBLIC_URL}: the base URL that servers reach, such as {@code https://ember.example}. */
    Optional<String> publicUrl();

    /** {@code EMBER_SIGNING_KEY}: signs URLs. At least 32 bytes, in hexadecimal or Base64. */
    Optional<String> signingKey();

    /** {@code EMBER_SIGNING_KEY_PREVIOUS}: only verifies URLs, during a rotation of the key. */
    Optional<String> signingKeyPrevious();

    /**
     * {@code EMBER_AGENT_POLLING_INTERVAL}: how often agents poll, in whole seconds. Without it they use their own
     * default.
     */
    Optional<Duration> agentPollingInterval();
}
