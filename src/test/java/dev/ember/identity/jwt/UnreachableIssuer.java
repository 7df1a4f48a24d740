package dev.ember.identity.jwt;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** Makes the service use an issuer that does not exist. */
public final class UnreachableIssuer implements QuarkusTestResourceLifecycleManager {

    static final String ADDRESS = "http://127.0.0.1:1";

    @Override
    public Map<String, String> start() {
        return Map.of("ember.identity", "jwt", "ember.jwt.issuer", ADDRESS, "ember.jwt.audience", TestJwt.AUDIENCE);
    }

    @Override
    public void stop() {}

    /** Runs after the settings of the database. */
    @Override
    public int order() {
        return 1;
    }
}
