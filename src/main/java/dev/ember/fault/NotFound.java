package dev.ember.fault;

import java.util.regex.Pattern;

/** The resource does not exist, or the caller may not see it. The response is the same in both cases. */
public final class NotFound extends Fault {

    private static final long serialVersionUID = 1L;

    /** Paths of Heat's operations on stacks and their parts. */
    private static final Pattern STACKS =
            Pattern.compile("/v1(\\.0)?/[^/]+/(stacks|services|resource_types|template_versions)(/.*)?");

    private NotFound(String type, String message) {
        super(FaultStatus.NOT_FOUND, type, message);
    }

    private NotFound(String message) {
        this("NotFound", message);
    }

    /** @param path the path of the request, which does not match any operation */
    public static NotFound path(String path) {
        String reason = path != null && STACKS.matcher(path).matches()
                ? "This service provides software configs and software deployments, not stacks"
                : "No operation has this path";
        return new NotFound("HTTPNotFound", reason + "; GET /q/openapi lists the operations");
    }

    /** An agent's URL has no valid signature, or its deployment does not exist. The response does not say which. */
    public static NotFound agent() {
        return new NotFound("The URL does not belong to a server or a deployment, or is no longer valid");
    }

    /** @param id the id in the request */
    public static NotFound deployment(String id) {
        return new NotFound("Deployment with id " + id + " not found");
    }

    /** @param id the id in the request */
    public static NotFound config(String id) {
        return new NotFound("Software config with id " + id + " not found");
    }
}
