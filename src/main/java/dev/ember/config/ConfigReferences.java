package dev.ember.config;

import dev.ember.fault.InvalidData;
import dev.ember.lifecycle.StartRefused;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;

/** Which configs a deployment may refer to: any, or only those of its own tenant that are known here. */
@ApplicationScoped
public class ConfigReferences {

    private final boolean anyIsAccepted;

    ConfigReferences(ConfigReferencesSettings settings) {
        anyIsAccepted = switch (settings.configReferences()) {
            case "any" -> true;
            case "known" -> false;
            default ->
                throw StartRefused.setting("EMBER_CONFIG_REFERENCES", settings.configReferences(), "any or known");
        };
    }

    /** Refuses a start with a setting that is none, before the database is touched. */
    void check(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent start) {}

    /** Whether a reference needs a look at what is stored. */
    public boolean areChecked() {
        return !anyIsAccepted;
    }

    /**
     * Lets a reference pass, and keeps the config that it names until the transaction ends.
     *
     * @throws InvalidData when only known configs may be referred to, and the tenant has none with that id
     */
    public void check(String tenantId, String configId) {
        if (!anyIsAccepted && !SoftwareConfig.keep(tenantId, configId)) {
            throw InvalidData.unknownConfig(configId);
        }
    }

    /**
     * Lets a change of a deployment's reference pass, as {@link #check(String, String)} does. Another project that may
     * operate on the deployment cannot use it to look into the configs of the deployment's tenant.
     *
     * @param project the project of whoever makes the change
     */
    public void checkChange(String project, String tenantId, String configId) {
        if (!project.equals(tenantId)) {
            throw InvalidData.unknownConfig(configId);
        }
        check(tenantId, configId);
    }
}
