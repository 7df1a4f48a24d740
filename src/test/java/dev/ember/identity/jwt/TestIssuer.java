package dev.ember.identity.jwt;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** Starts a {@link ScriptedIssuer}, whose tokens the service then accepts. */
public final class TestIssuer implements QuarkusTestResourceLifecycleManager {

    static final String ADMIN_TENANT = "admin-tenant";

    /** A system property, because tests use another class loader than the one that starts the server. */
    private static final String ADDRESS = "test-issuer.address";

    private ScriptedIssuer server;

    /** A token of the issuer. */
    static TestJwt token(String tenant, String... roles) {
        return TestJwt.of(System.getProperty(ADDRESS), tenant, roles);
    }

    @Override
    public Map<String, String> start() {
        try {
            server = new ScriptedIssuer();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        System.setProperty(ADDRESS, server.address());
        return Map.of(
                "ember.identity",
                "jwt",
                "ember.jwt.issuer",
                server.address(),
                "ember.jwt.audience",
                TestJwt.AUDIENCE,
                "ember.jwt.default-roles",
                "reader,heat_stack_user",
                "ember.admin-project",
                ADMIN_TENANT);
    }

    @Override
    public void stop() {
        server.close();
    }

    /** Runs after the settings of the database. */
    @Override
    public int order() {
        return 1;
    }
}
