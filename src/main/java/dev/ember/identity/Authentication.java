package dev.ember.identity;

import dev.ember.audit.AuditLog;
import dev.ember.fault.FaultAnswer;
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
import jakarta.interceptor.Interceptor;
import jakarta.ws.rs.NotFoundException;

/**
 * Asks for a valid token before anything else about a request below a version of the API is looked at, as Heat does. A
 * token that is remembered costs no change of threads.
 *
 * @see <a href="https://docs.openstack.org/keystonemiddleware/latest/middlewarearchitecture.html">What Heat uses</a>
 */
@ApplicationScoped
class Authentication {

    private static final int AFTER_REQUEST_ID = 8_000;
    private static final String IDENTITY = Identity.class.getName();
    private static final String TOKEN = "X-Auth-Token";
    private static final String SERVICE_TOKEN = "X-Service-Token";
    private static final int UNAUTHORIZED = 401;
    private static final String UNAUTHORIZED_BODY =
            "{\"error\": {\"code\": 401, \"title\": \"Unauthorized\", \"message\":"
                    + " \"The request you have made requires authentication.\"}}";

    private final Callers callers;
    private final Instance<Keystone> keystone;
    private final AuditLog audit;
    private final FaultAnswer faults;

    Authentication(Callers callers, Instance<Keystone> keystone, AuditLog audit, FaultAnswer faults) {
        this.callers = callers;
        this.keystone = keystone;
        this.audit = audit;
        this.faults = faults;
    }

    /** Validates the settings for Keystone before the database is used, and begins to authenticate there. */
    void check(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent start) {
        if (callers.mode() == IdentityMode.KEYSTONE) {
            keystone.get().start();
        }
    }

    void register(@Observes Filters filters) {
        if (callers.mode() == IdentityMode.KEYSTONE) {
            filters.register(this::authenticate, AFTER_REQUEST_ID);
        }
    }

    /**
     * Whom the token of a request is for.
     *
     * @throws NotFoundException when the request did not pass by here, for its path does not begin with a version as it
     *     is written, such as {@code /v1;a=b/}
     */
    static Identity identity(RoutingContext context) {
        if (context.get(IDENTITY) instanceof Identity identity) {
            return identity;
        }
        throw new NotFoundException();
    }

    private void authenticate(RoutingContext context) {
        if (!needsToken(context.request().path())) {
            context.next();
            return;
        }
        String token = context.request().getHeader(TOKEN);
        if (token == null) {
            refuse(context);
            return;
        }
        String serviceToken = serviceToken(context);
        Identity identity = keystone.get().recall(token);
        if (identity != null && (serviceToken == null || keystone.get().recall(serviceToken) != null)) {
            admit(context, identity);
            return;
        }
        Context own = Vertx.currentContext();
        Future<Identity> found =
                serviceToken == null ? keystone.get().find(token) : find(token, identity, serviceToken);
        found.onComplete(result -> own.runOnContext(then -> answer(context, result)));
    }

    /** The token of the service that passes the request on. An empty one is none, as for keystonemiddleware. */
    private static String serviceToken(RoutingContext context) {
        String token = context.request().getHeader(SERVICE_TOKEN);
        return token == null || token.isEmpty() ? null : token;
    }

    /**
     * The role lets a service finish what a user began whose token has expired meanwhile.
     *
     * @param cached whom the user's token is for when that is cached, or null
     */
    private Future<Identity> find(String token, Identity cached, String serviceToken) {
        return find(serviceToken).compose(service -> {
            if (cached != null) {
                return Future.succeededFuture(cached);
            }
            return service.service()
                    ? keystone.get().findAlsoExpired(token)
                    : keystone.get().find(token);
        });
    }

    private Future<Identity> find(String token) {
        Identity identity = keystone.get().recall(token);
        return identity == null ? keystone.get().find(token) : Future.succeededFuture(identity);
    }

    private static boolean needsToken(String path) {
        return path.length() > "/v1/".length() && path.startsWith("/v1/")
                || path.length() > "/v1.0/".length() && path.startsWith("/v1.0/");
    }

    private void answer(RoutingContext context, AsyncResult<Identity> result) {
        if (result.succeeded()) {
            admit(context, result.result());
        } else if (result.cause() instanceof RefusedToken) {
            refuse(context);
        } else {
            faults.end(context, KeystoneFailure.fault(result.cause()));
        }
    }

    private static void admit(RoutingContext context, Identity identity) {
        context.put(IDENTITY, identity);
        context.next();
    }

    private void refuse(RoutingContext context) {
        audit.unauthenticated(context);
        HttpServerResponse response = context.response();
        response.setStatusCode(UNAUTHORIZED);
        response.putHeader(HttpHeaders.CONTENT_TYPE, "application/json");
        response.putHeader(
                "WWW-Authenticate", "Keystone uri=\"" + keystone.get().root() + "\"");
        response.end(UNAUTHORIZED_BODY);
    }
}
