package dev.ember.agent;

import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Makes and verifies the URLs that agents use. A signature proves that the service has given the URL away: it is
 * {@code hex(HMAC-SHA256(HMAC-SHA256(key, "ember agent 1 " + purpose), fields))}. It does not expire, because agents
 * act on every change of their metadata.
 */
@ApplicationScoped
public class SignedUrls {

    private final String publicUrl;

    /** The newest key first. None when agents are not served. */
    private final List<SigningKey> keys;

    private final Optional<Long> pollingInterval;

    SignedUrls(AgentSettings settings) {
        publicUrl = settings.publicUrl()
                .map(url -> url.strip().replaceFirst("/+$", ""))
                .orElse(null);
        keys = Stream.of(settings.signingKey(), settings.signingKeyPrevious())
                .flatMap(Optional::stream)
                .map(SigningKey::of)
                .toList();
        pollingInterval = settings.agentPollingInterval().map(Duration::toSeconds);
    }

    /** Whether the settings enable agents. */
    public boolean areEnabled() {
        return publicUrl != null;
    }

    /** How often agents are to poll, in seconds. */
    Optional<Long> pollingInterval() {
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
}
