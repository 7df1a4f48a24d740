package dev.ember.identity.keystone;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Renders the credentials of this service as a request for a token. */
final class ServiceCredentials {

    private ServiceCredentials() {}

    /**
     * The body of a request for a token.
     *
     * @see <a href="https://docs.openstack.org/api-ref/identity/v3/#authentication-and-token-management">the API</a>
     */
    static JsonObject of(KeystoneSettings settings) {
        boolean application = settings.applicationCredentialId().isPresent();
        return new JsonObject().put("auth", application ? ofApplicationCredential(settings) : ofUser(settings));
    }

    private static JsonObject ofApplicationCredential(KeystoneSettings settings) {
        JsonObject credential = new JsonObject()
                .put("id", settings.applicationCredentialId().orElseThrow())
                .put("secret", settings.applicationCredentialSecret().orElseThrow());
        return new JsonObject().put("identity", identity("application_credential", credential));
    }

    private static JsonObject ofUser(KeystoneSettings settings) {
        JsonObject user = new JsonObject()
                .put("name", settings.username().orElseThrow())
                .put("domain", new JsonObject().put("name", settings.userDomain()))
                .put("password", settings.password().orElseThrow());
        JsonObject project = new JsonObject()
                .put("name", settings.project().orElseThrow())
                .put("domain", new JsonObject().put("name", settings.projectDomain()));
        return new JsonObject()
                .put("identity", identity("password", new JsonObject().put("user", user)))
                .put("scope", new JsonObject().put("project", project));
    }

    private static JsonObject identity(String method, JsonObject credential) {
        return new JsonObject().put("methods", new JsonArray().add(method)).put(method, credential);
    }
}
