package dev.ember.config;

import dev.ember.database.Statements;
import dev.ember.etag.EntityTag;
import dev.ember.etag.IfMatch;
import dev.ember.fault.Conflict;
import dev.ember.fault.NotFound;
import dev.ember.fault.PreconditionFailed;
import dev.ember.quota.QuotaUsage;
import dev.ember.quota.Quotas;
import dev.ember.text.CanonicalUuid;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Deletes configs that no deployment refers to. */
@ApplicationScoped
class SoftwareConfigDeletions {

    /** Locks a config against new references. The lock matters only when references are validated. */
    private static final String LOCK = "select 1 from software_config where tenant_id = ? and id = ? for update";

    private static final String DELETE = "delete from software_config where tenant_id = ? and id = ?";

    private final Statements statements;
    private final ConfigUse use;
    private final Quotas quotas;
    private final QuotaUsage usage;

    SoftwareConfigDeletions(Statements statements, ConfigUse use, Quotas quotas, QuotaUsage usage) {
        this.statements = statements;
        this.use = use;
        this.quotas = quotas;
        this.usage = usage;
    }

    /**
     * Deletes a config in the current transaction.
     *
     * @param id the id as the client sent it
     * @throws NotFound when the tenant has no config with the id
     * @throws Conflict when a deployment refers to the config
     * @throws PreconditionFailed when the stored ETag does not match the condition
     */
    void delete(String tenantId, String id, IfMatch condition) {
        UUID uuid = CanonicalUuid.parse(id)
                .filter(parsed -> !statements
                        .query(LOCK, List.of(tenantId, parsed.toString()), row -> true)
                        .isEmpty())
                .orElseThrow(() -> NotFound.config(id));
        if (use.isInUse(tenantId, uuid)) {
            throw Conflict.configInUse(id);
        }
        condition.check(EntityTag.of(uuid, 0)); // Configs are immutable: the version is always 0.
        statements.update(DELETE, List.of(tenantId, uuid.toString()));
        usage.subtract(quotas.configs(), Map.of(tenantId, 1), SoftwareConfig::countOf);
    }
}
