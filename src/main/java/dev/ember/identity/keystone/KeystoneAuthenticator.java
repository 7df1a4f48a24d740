package dev.ember.identity.keystone;

import dev.ember.identity.Authenticator;
import dev.ember.identity.InvalidToken;
import dev.ember.identity.Principal;
import io.quarkus.arc.lookup.LookupIfProperty;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Authenticates callers by the Keystone token of a request.
 *
 * @see <a href="https://docs.openstack.org/keystonemiddleware/latest/middlewarearchitecture.html">The middleware that
 *     Heat uses</a>
 */
@ApplicationScoped
@LookupIfProperty(name = "ember.identity", stringValue = "keystone")
public class KeystoneAuthenticator implements Authenticator {

    private static final String TOKEN = "X-Auth-Token";
    private static final String SERVICE_TOKEN = "X-Service-Token";

    private final KeystoneClient keystone;

    KeystoneAuthenticator(KeystoneClient keystone) {
        this.keystone = keystone;
    }

    @Override
    public void start() {
        keystone.start();
    }

    /**
     * Validates the tokens of a request. It may have the token of the service that forwards it. An empty one is
     * ignored, as in keystonemiddleware. If it has the role {@code service}, the user's token may have expired in the
     * meantime.
     */
    @Override
    public Future<Principal> authenticate(HttpServerRequest request) {
        String token = request.getHeader(TOKEN);
        if (token == null) {
            return Future.failedFuture(new InvalidToken());
        }
        String serviceToken = request.getHeader(SERVICE_TOKEN);
        if (serviceToken == null || serviceToken.isEmpty()) {
            return keystone.validate(token);
        }
        return keystone.validate(serviceToken)
                .compose(
                        service -> service.service() ? keystone.validateAllowExpired(token) : keystone.validate(token));
    }

    @Override
    public String challenge(InvalidToken reason) {
        return "Keystone uri=\"" + keystone.root() + "\"";
    }
}
