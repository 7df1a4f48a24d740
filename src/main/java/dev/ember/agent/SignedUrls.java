package dev.ember.agent;

import dev.ember.settings.InvalidConfiguration;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Makes and verifies the URLs that agents use. A signature proves that the service has given the URL away: it is
 * {@code hex(HMAC-SHA256(HMAC-SHA256(key, "ember agent 1 " + purpose), fields))}. It does not expire, because agents
 * act on every change of their metadata.
 */
@ApplicationScoped
public class SignedUrls {

    private static final String KEY_RULE = "at least 32 bytes, in hexadecimal or Base64";

    private final String publicUrl;

    /** The newest key first. None when agents are not served. */
    private final List<SigningKey> keys;

    private final OptionalLong pollingInterval;

    SignedUrls(AgentSettings settings) {
        if (settings.publicUrl().isPresent() != settings.signingKey().isPresent()) {
            throw new InvalidConfiguration("EMBER_PUBLIC_URL and EMBER_SIGNING_KEY belong together."
                    + " Set both to serve in-server agents, or none.");
        }
        publicUrl = settings.publicUrl().map(SignedUrls::baseUrl).orElse(null);
        keys = Stream.concat(
                        key("EMBER_SIGNING_KEY", settings.signingKey()),
                        key("EMBER_SIGNING_KEY_PREVIOUS", settings.signingKeyPrevious()))
                .toList();
        pollingInterval =
                settings.agentPollingInterval().map(SignedUrls::seconds).orElse(OptionalLong.empty());
    }

    /** Validates the settings at startup, before the database is used. */
    void check(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent start) {}

    /** Whether the settings enable agents. */
    public boolean areEnabled() {
        return publicUrl != null;
    }

    /** How often agents are to poll, in seconds. */
    OptionalLong pollingInterval() {
        return pollingInterval;
    }

    /** The URL of a resource, signed with the newest key. */
    String sign(AgentPath path) {
        return publicUrl + path.unsigned() + keys.get(0).sign(path);
    }

    /** The resource of a request, if the URL of the request has its signature. */
    public Optional<AgentPath> verify(HttpServerRequest request) {
        return AgentPath.of(request).filter(path -> verify(path, request.getParam("signature")));
    }

    /** Whether a signature is that of a resource, by any key. Takes the same time for every signature. */
    boolean verify(AgentPath path, String signature) {
        if (!areEnabled() || signature == null) {
            return false;
        }
        byte[] given = signature.getBytes(StandardCharsets.UTF_8);
        boolean valid = false;
        for (SigningKey key : keys) {
            valid |= MessageDigest.isEqual(key.sign(path).getBytes(StandardCharsets.UTF_8), given);
        }
        return valid;
    }

    private static Stream<SigningKey> key(String variable, Optional<String> setting) {
        return setting
                .map(text -> SigningKey.parse(text)
                        .orElseThrow(() -> new InvalidConfiguration(variable + " must be " + KEY_RULE + ".")))
                .stream();
    }

    private static OptionalLong seconds(Duration interval) {
        if (interval.compareTo(Duration.ofSeconds(1)) < 0 || interval.compareTo(Duration.ofDays(1)) > 0) {
            throw InvalidConfiguration.setting("EMBER_AGENT_POLLING_INTERVAL", interval, "between 1S and 24H");
        }
        return OptionalLong.of(interval.toSeconds());
    }

    /** Without a slash at its end. Some agents find the beginning of a URL by the word http, so it occurs once. */
    private static String baseUrl(String text) {
        String url = text.strip().replaceFirst("/+$", "");
        boolean valid;
        try {
            URI uri = URI.create(url);
            valid = ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
                    && uri.getHost() != null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null
                    && uri.getRawUserInfo() == null
                    && url.lastIndexOf("http") == 0;
        } catch (IllegalArgumentException e) {
            valid = false;
        }
        if (!valid) {
            throw InvalidConfiguration.setting(
                    "EMBER_PUBLIC_URL",
                    text,
                    "the base URL that servers reach, such as https://ember.example, without a query and without a"
                            + " second \"http\"");
        }
        return url;
    }
}
