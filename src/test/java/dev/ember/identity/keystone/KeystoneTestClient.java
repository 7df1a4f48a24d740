package dev.ember.identity.keystone;

import dev.ember.identity.IdentitySettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.Map;

/** Creates the Keystone client without the rest of the service. */
final class KeystoneTestClient {

    private KeystoneTestClient() {}

    /** @param settings pairs of a name below {@code ember.keystone.} and its value */
    static KeystoneClient of(Vertx vertx, String url, String... settings) {
        Map<String, String> values = new HashMap<>(Map.of(
                "ember.keystone.url",
                url,
                "ember.keystone.username",
                "ember",
                "ember.keystone.password",
                ScriptedKeystone.PASSWORD,
                "ember.keystone.project",
                "service"));
        for (int i = 0; i < settings.length; i += 2) {
            values.put("ember.keystone." + settings[i], settings[i + 1]);
        }
        var config = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(KeystoneSettings.class)
                .withMapping(IdentitySettings.class)
                .withDefaultValues(values)
                .build();
        return new KeystoneClient(
                vertx,
                config.getConfigMapping(KeystoneSettings.class),
                config.getConfigMapping(IdentitySettings.class),
                new SimpleMeterRegistry());
    }
}
