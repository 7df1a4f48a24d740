package dev.ember.audit;

import dev.ember.policy.Operation;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.core.AsyncResult;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.regex.Pattern;

/**
 * One line for each change and for each refusal, written when the request is answered, in the log category of this
 * class, and one for each change that the service makes by itself. It says who did what to what, and never a token or
 * anything from a body.
 */
@ApplicationScoped
public class AuditLog {

    private static final String TARGET = AuditLog.class.getName();
    private static final String OUTCOME = TARGET + ".outcome";
    private static final String SIGNAL = "software_deployments:signal";
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int MAX_PATH_LENGTH = 255;
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

    private final CurrentVertxRequest request;

    AuditLog(CurrentVertxRequest request) {
        this.request = request;
    }

    /**
     * The present request asks for an operation. When that is a change, or is refused, it gets its line.
     *
     * @param user the id of the user who asks, or null
     * @param project the id of the project that the user's token is for, or null
     * @param tenant the tenant whose rows the operation is about
     */
    public void operation(Operation operation, String user, String project, String tenant) {
        RoutingContext context = request.getCurrent();
        context.addEndHandler(end -> {
            if (operation.isAudited() || context.response().getStatusCode() == FORBIDDEN) {
                AuditLine.of(context, operation.policyName(), outcome(context, end))
                        .with("user", user)
                        .with("project", project)
                        .with("tenant", tenant)
                        .with("target", target(context))
                        .write();
            }
        });
    }

    /** A request has created the resource with this id. */
    public void created(RoutingContext context, String id) {
        context.put(TARGET, id);
    }

    /** A request created the resource with this id when it was sent before; now it creates nothing. */
    public void replayed(RoutingContext context, String id) {
        context.put(TARGET, id).put(OUTCOME, "replayed");
    }

    /**
     * An agent reports the result of a deployment. Its URL has a signature, which is left out.
     *
     * @param id the id of the deployment
     */
    public void signal(RoutingContext context, String tenant, String id) {
        context.put(TARGET, id);
        context.addEndHandler(end -> AuditLine.of(context, SIGNAL, outcome(context, end))
                .with("tenant", tenant)
                .with("target", id)
                .write());
    }

    /** The signal of a request changes nothing. */
    public void ignored(RoutingContext context) {
        context.put(OUTCOME, "ignored");
    }

    /**
     * The service itself did something, of its own accord.
     *
     * @param reason why, in a word
     */
    public void byService(Operation operation, String reason, String tenant, String target) {
        AuditLine.of(operation.policyName(), "done")
                .with("user", "ember")
                .with("tenant", tenant)
                .with("target", target)
                .with("reason", reason)
                .write();
    }

    /** A request has no valid token, so that nothing else about it was looked at. */
    public void unauthenticated(RoutingContext context) {
        String path = context.request().path();
        AuditLine.of(context, "authenticate", Integer.toString(UNAUTHORIZED))
                .with("target", path.substring(0, Math.min(path.length(), MAX_PATH_LENGTH)))
                .write();
    }

    private static String outcome(RoutingContext context, AsyncResult<Void> end) {
        if (end.failed()) {
            return "unanswered";
        }
        String outcome = context.get(OUTCOME);
        return outcome == null ? Integer.toString(context.response().getStatusCode()) : outcome;
    }

    /** The id of what was made, or else what the path ends with, if it is an id: paths are the client's own words. */
    private static String target(RoutingContext context) {
        String made = context.get(TARGET);
        if (made != null) {
            return made;
        }
        String path = context.request().path();
        String component = path.substring(path.lastIndexOf('/') + 1);
        return ID.matcher(component).matches() ? component : null;
    }
}
