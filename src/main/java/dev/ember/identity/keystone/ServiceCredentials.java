package dev.ember.identity.keystone;

import dev.ember.settings.InvalidConfiguration;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/** The credentials of this service, as a request for a token. */
final class ServiceCredentials {

    private static final String WHAT_TO_SET = " Set EMBER_KEYSTONE_APPLICATION_CREDENTIAL_ID and"
            + " EMBER_KEYSTONE_APPLICATION_CREDENTIAL_SECRET, or EMBER_KEYSTONE_USERNAME, EMBER_KEYSTONE_PASSWORD and"
            + " EMBER_KEYSTONE_PROJECT, so that the service can validate tokens.";

    private ServiceCredentials() {}

    /**
     * The body of a request for a token.
     *
     * @throws InvalidConfiguration when a part of the credentials is missing
     * @see <a href="https://docs.openstack.org/api-ref/identity/v3/#authentication-and-token-management">the API</a>
     */
    static JsonObject of(KeystoneSettings settings) {
        boolean application = settings.applicationCredentialId().isPresent();
        if (application == settings.username().isPresent()) {
            throw new InvalidConfiguration("EMBER_KEYSTONE_APPLICATION_CREDENTIAL_ID and EMBER_KEYSTONE_USERNAME are "
                    + (application ? "both" : "neither of them") + " set." + WHAT_TO_SET);
        }
        return new JsonObject().put("auth", application ? ofApplicationCredential(settings) : ofUser(settings));
    }

    private static JsonObject ofApplicationCredential(KeystoneSettings settings) {
        JsonObject credential = new JsonObject()
                .put("id", settings.applicationCredentialId().orElseThrow())
                .put("secret", required(settings.applicationCredentialSecret(), "APPLICATION_CREDENTIAL_SECRET"));
        return new JsonObject().put("identity", identity("application_credential", credential));
    }

    private static JsonObject ofUser(KeystoneSettings settings) {
        JsonObject user = new JsonObject()
                .put("name", settings.username().orElseThrow())
                .put("domain", new JsonObject().put("name", settings.userDomain()))
                .put("password", required(settings.password(), "PASSWORD"));
        JsonObject project = new JsonObject()
                .put("name", required(settings.project(), "PROJECT"))
                .put("domain", new JsonObject().put("name", settings.projectDomain()));
        return new JsonObject()
                .put("identity", identity("password", new JsonObject().put("user", user)))
                .put("scope", new JsonObject().put("project", project));
    }

    private static JsonObject identity(String method, JsonObject credential) {
        return new JsonObject().put("methods", new JsonArray().add(method)).put(method, credential);
    }

    private static String required(Optional<String> setting, String name) {
        return setting.orElseThrow(
                () -> new InvalidConfiguration("EMBER_KEYSTONE_" + name + " is not set." + WHAT_TO_SET));
    }
}
