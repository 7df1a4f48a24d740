package dev.ember.pipeline;

import dev.ember.audit.AuditLog;
import dev.ember.identity.Authentication;
import dev.ember.identity.Authenticator;
import dev.ember.identity.IdentityFailure;
import dev.ember.identity.InvalidToken;
import dev.ember.identity.Principal;
import dev.ember.settings.SettingsCheck;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Validates the token of each request to a versioned API path before all other checks, as Heat does. A cached token is
 * validated without another thread.
 */
@ApplicationScoped
public class AuthenticationFilter implements Authentication {

    private static final int UNAUTHORIZED = 401;
    private static final String UNAUTHORIZED_BODY =
            "{\"error\": {\"code\": 401, \"title\": \"Unauthorized\", \"message\":"
                    + " \"The request you have made requires authentication.\"}}";

    /** Null if the identity mode needs no token. */
    private final Authenticator authenticator;

    private final AuditLog audit;
    private final FaultWriter faults;

    AuthenticationFilter(Instance<Authenticator> authenticators, AuditLog audit, FaultWriter faults) {
        this.authenticator = authenticators.isResolvable() ? authenticators.get() : null;
        this.audit = audit;
        this.faults = faults;
    }

    /** Begins to reach the identity provider, while the schema is brought up to date. */
    void start(@Observes @Priority(SettingsCheck.AFTER) StartupEvent start) {
        if (authenticator != null) {
            authenticator.start();
        }
    }

    void register(@Observes Filters filters) {
        if (authenticator != null) {
            Station.AUTHENTICATION.register(filters, this::authenticate);
        }
    }

    private void authenticate(RoutingContext context) {
        if (!needsToken(context.request().path())) {
            context.next();
            return;
        }
        Future<Principal> validated = authenticator.authenticate(context.request());
        if (validated.isComplete()) {
            respond(context, validated);
            return;
        }
        Context eventLoop = Vertx.currentContext();
        validated.onComplete(result -> eventLoop.runOnContext(then -> respond(context, result)));
    }

    @Override
    public CompletionStage<Boolean> isStillValid(RoutingContext context) {
        if (authenticator == null) {
            return CompletableFuture.completedStage(true);
        }
        return authenticator
                .authenticate(context.request())
                .map(principal -> principal.isAttachedTo(context))
                .toCompletionStage();
    }

    private static boolean needsToken(String path) {
        return path.length() > "/v1/".length() && path.startsWith("/v1/")
                || path.length() > "/v1.0/".length() && path.startsWith("/v1.0/");
    }

    private void respond(RoutingContext context, AsyncResult<Principal> result) {
        if (result.succeeded()) {
            accept(context, result.result());
        } else if (result.cause() instanceof InvalidToken invalid) {
            reject(context, invalid);
        } else {
            faults.write(context, IdentityFailure.fault(result.cause()));
        }
    }

    private static void accept(RoutingContext context, Principal principal) {
        principal.attach(context);
        context.next();
    }

    private void reject(RoutingContext context, InvalidToken reason) {
        audit.unauthenticated(context);
        HttpServerResponse response = context.response();
        response.setStatusCode(UNAUTHORIZED);
        response.putHeader(HttpHeaders.CONTENT_TYPE, "application/json");
        response.putHeader("WWW-Authenticate", authenticator.challenge(reason));
        response.end(UNAUTHORIZED_BODY);
    }
}
