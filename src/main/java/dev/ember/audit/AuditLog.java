package dev.ember.audit;

import dev.ember.policy.Operation;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.core.AsyncResult;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.regex.Pattern;

/**
 * Writes the audit log, in the log category of this class. Each request that changes data, returns credentials, or is
 * rejected with 401 or 403 gets one line when its response is complete. Each change that the service makes by itself
 * gets one line, too. A line names the user, the operation and the target. It never contains a token or data from a
 * body.
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
     * Records the operation of the current request. A line is written if the operation is audited or is rejected with
     * 403.
     *
     * @param user the id of the user, or null
     * @param project the id of the project of the user's token, or null
     * @param tenant the tenant in the path of the request
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

    /** Records that a request has created the resource with this id. */
    public void created(RoutingContext context, String id) {
        context.put(TARGET, id);
    }

    /**
     * Records that a request was replayed: its first attempt created the resource with this id, and this one creates
     * nothing.
     */
    public void replayed(RoutingContext context, String id) {
        context.put(TARGET, id).put(OUTCOME, "replayed");
    }

    /**
     * Writes a line about an agent's report on a deployment when the response is complete. The line does not contain
     * the URL, because the URL has a signature.
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

    /** Records that the signal of a request changed nothing. */
    public void ignored(RoutingContext context) {
        context.put(OUTCOME, "ignored");
    }

    /**
     * Writes a line about a change that the service made by itself.
     *
     * @param reason the reason for the change, as one word
     */
    public void byService(Operation operation, String reason, String tenant, String target) {
        AuditLine.of(operation.policyName(), "done")
                .with("user", "ember")
                .with("tenant", tenant)
                .with("target", target)
                .with("reason", reason)
                .write();
    }

    /** Writes a line about a request without a valid token. Nothing else of the request was processed. */
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

    /**
     * The id of the created resource, or else the last segment of the path. The client chooses the path, so the segment
     * is used only if it has the form of an id.
     */
    private static String target(RoutingContext context) {
        String created = context.get(TARGET);
        if (created != null) {
            return created;
        }
        String path = context.request().path();
        String segment = path.substring(path.lastIndexOf('/') + 1);
        return ID.matcher(segment).matches() ? segment : null;
    }
}
