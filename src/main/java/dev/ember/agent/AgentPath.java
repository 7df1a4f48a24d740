package dev.ember.agent;

import dev.ember.fault.NotFound;
import dev.ember.identity.Authorization;
import dev.ember.text.CanonicalUuid;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.URIDecoder;
import io.vertx.ext.web.RoutingContext;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The resource of a signed URL: the metadata of a server, or the signal of one run of a deployment.
 *
 * @param server the server of a URL for metadata, or null
 * @param deployment the deployment of a URL for a signal, or null
 * @param run the run that a signal reports
 */
public record AgentPath(String tenant, String server, UUID deployment, int run) {

    /** All paths below this are for agents. They need no token, but a signature. */
    public static final String PREFIX = "/agent/";

    private static final String KEY = AgentPath.class.getName();

    private static final Pattern METADATA =
            Pattern.compile("/agent/v1/(" + Authorization.TENANT + ")/servers/([^/]+)/metadata");

    private static final Pattern SIGNAL =
            Pattern.compile("/agent/v1/(" + Authorization.TENANT + ")/software_deployments/([0-9a-f-]{36})/signal");

    private static final Pattern RUN = Pattern.compile("0|[1-9][0-9]{0,8}");

    /** Attaches the resource of a verified URL to its request. */
    public void attach(RoutingContext context) {
        context.put(KEY, this);
    }

    /**
     * The resource of the verified URL of a request.
     *
     * @throws NotFound when no station has verified it, because only JAX-RS reads it as the URL of an agent, such as
     *     {@code /%61gent/}
     */
    static AgentPath verified(RoutingContext context) {
        AgentPath verified = context.get(KEY);
        if (verified == null) {
            throw NotFound.agent();
        }
        return verified;
    }

    static AgentPath metadata(String tenant, String server) {
        return new AgentPath(tenant, server, null, 0);
    }

    static AgentPath signal(String tenant, UUID deployment, int run) {
        return new AgentPath(tenant, null, deployment, run);
    }

    /** Whether a path is that of a signal. */
    public static boolean isSignal(String path) {
        return path.startsWith(PREFIX) && path.endsWith("/signal");
    }

    /** The resource of a request; empty when an agent can have no such URL. */
    static Optional<AgentPath> of(HttpServerRequest request) {
        Matcher metadata = METADATA.matcher(request.path());
        if (metadata.matches()) {
            return decode(metadata.group(2)).map(server -> metadata(metadata.group(1), server));
        }
        Matcher signal = SIGNAL.matcher(request.path());
        String run = request.getParam("run");
        if (!signal.matches() || run == null || !RUN.matcher(run).matches()) {
            return Optional.empty();
        }
        return CanonicalUuid.parse(signal.group(2)).map(id -> signal(signal.group(1), id, Integer.parseInt(run)));
    }

    private static Optional<String> decode(String component) {
        try {
            return Optional.of(URIDecoder.decodeURIComponent(component, false));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    boolean isSignal() {
        return deployment != null;
    }

    /** The fields, of which only the last can have any character. */
    String signedText() {
        return isSignal() ? tenant + "\n" + deployment + "\n" + run : tenant + "\n" + server;
    }

    /** The path and the query, up to the signature. */
    String unsigned() {
        return isSignal()
                ? PREFIX + "v1/" + tenant + "/software_deployments/" + deployment + "/signal?run=" + run + "&signature="
                : PREFIX + "v1/" + tenant + "/servers/" + encode(server) + "/metadata?signature=";
    }

    /** Percent-encodes the characters that a path component cannot have, and a blank, for which a query has "+". */
    private static String encode(String component) {
        return URLEncoder.encode(component, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
