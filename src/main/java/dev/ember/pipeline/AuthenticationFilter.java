package dev.ember.pipeline;

import dev.ember.audit.AuditLog;
import dev.ember.identity.Authentication;
import dev.ember.identity.Authorization;
import dev.ember.identity.IdentityMode;
import dev.ember.identity.Principal;
import dev.ember.identity.keystone.InvalidToken;
import dev.ember.identity.keystone.KeystoneClient;
import dev.ember.identity.keystone.KeystoneFailure;
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
 *
 * @see <a href="https://docs.openstack.org/keystonemiddleware/latest/middlewarearchitecture.html">The middleware that
 *     Heat uses</a>
 */
@ApplicationScoped
public class AuthenticationFilter implements Authentication {

    private static final String TOKEN = "X-Auth-Token";
    private static final String SERVICE_TOKEN = "X-Service-Token";
    private static final int UNAUTHORIZED = 401;
    private static final String UNAUTHORIZED_BODY =
            "{\"error\": {\"code\": 401, \"title\": \"Unauthorized\", \"message\":"
                    + " \"The request you have made requires authentication.\"}}";

    private final Authorization authorization;
    private final Instance<KeystoneClient> keystone;
    private final AuditLog audit;
    private final FaultWriter faults;

    AuthenticationFilter(
            Authorization authorization, Instance<KeystoneClient> keystone, AuditLog audit, FaultWriter faults) {
        this.authorization = authorization;
        this.keystone = keystone;
        this.audit = audit;
        this.faults = faults;
    }

    /** Begins to authenticate at Keystone, while the schema is brought up to date. */
    void start(@Observes @Priority(SettingsCheck.AFTER) StartupEvent start) {
        if (authorization.mode() == IdentityMode.KEYSTONE) {
            keystone.get().start();
        }
    }

    void register(@Observes Filters filters) {
        if (authorization.mode() == IdentityMode.KEYSTONE) {
            Station.AUTHENTICATION.register(filters, this::authenticate);
        }
    }

    private void authenticate(RoutingContext context) {
        if (!needsToken(context.request().path())) {
            context.next();
            return;
        }
        String token = context.request().getHeader(TOKEN);
        if (token == null) {
            reject(context);
            return;
        }
        Future<Principal> validated = validate(token, context.request().getHeader(SERVICE_TOKEN));
        if (validated.isComplete()) {
            respond(context, validated);
            return;
        }
        Context eventLoop = Vertx.currentContext();
        validated.onComplete(result -> eventLoop.runOnContext(then -> respond(context, result)));
    }

    @Override
    public CompletionStage<Boolean> isStillValid(RoutingContext context) {
        if (authorization.mode() != IdentityMode.KEYSTONE) {
            return CompletableFuture.completedStage(true);
        }
        return validate(context.request().getHeader(TOKEN), context.request().getHeader(SERVICE_TOKEN))
                .map(principal -> principal.isAttachedTo(context))
                .toCompletionStage();
    }

    /**
     * Validates the tokens of a request.
     *
     * @param serviceToken the token of the service that forwards the request, or null. An empty one is ignored, as in
     *     keystonemiddleware. If it has the role {@code service}, the user's token may have expired in the meantime.
     */
    private Future<Principal> validate(String token, String serviceToken) {
        KeystoneClient client = keystone.get();
        if (serviceToken == null || serviceToken.isEmpty()) {
            return client.validate(token);
        }
        return client.validate(serviceToken)
                .compose(service -> service.service() ? client.validateAllowExpired(token) : client.validate(token));
    }

    private static boolean needsToken(String path) {
        return path.length() > "/v1/".length() && path.startsWith("/v1/")
                || path.length() > "/v1.0/".length() && path.startsWith("/v1.0/");
    }

    private void respond(RoutingContext context, AsyncResult<Principal> result) {
        if (result.succeeded()) {
            accept(context, result.result());
        } else if (result.cause() instanceof InvalidToken) {
            reject(context);
        } else {
            faults.write(context, KeystoneFailure.fault(result.cause()));
        }
    }

    private static void accept(RoutingContext context, Principal principal) {
        principal.attach(context);
        context.next();
    }

    private void reject(RoutingContext context) {
        audit.unauthenticated(context);
        HttpServerResponse response = context.response();
        response.setStatusCode(UNAUTHORIZED);
        response.putHeader(HttpHeaders.CONTENT_TYPE, "application/json");
        response.putHeader(
                "WWW-Authenticate", "Keystone uri=\"" + keystone.get().root() + "\"");
        response.end(UNAUTHORIZED_BODY);
    }
}
