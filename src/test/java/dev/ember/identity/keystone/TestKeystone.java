package dev.ember.identity.keystone;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** Starts a {@link ScriptedKeystone}, which the service then uses to identify callers. */
public final class TestKeystone implements QuarkusTestResourceLifecycleManager {

    /** A system property, because tests use another class loader than the one that starts the server. */
    static final String ADDRESS = "test-keystone.address";

    static final String PUBLIC_URL = "https://keystone.example.org/v3";

    private ScriptedKeystone server;

    @Override
    public Map<String, String> start() {
        try {
            server = new ScriptedKeystone();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        System.setProperty(ADDRESS, server.address());
        return Map.of(
                "ember.identity",
                "keystone",
                "ember.keystone.url",
                server.address() + "/v3",
                "ember.keystone.public-url",
                PUBLIC_URL,
                "ember.keystone.username",
                ScriptedKeystone.USERNAME,
                "ember.keystone.password",
                ScriptedKeystone.PASSWORD,
                "ember.keystone.project",
                "service",
                "ember.keystone.timeout",
                "2S",
                "ember.admin-project",
                ScriptedKeystone.ADMIN_PROJECT);
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
