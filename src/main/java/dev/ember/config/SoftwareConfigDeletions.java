package dev.ember.config;

import dev.ember.etag.EntityTag;
import dev.ember.etag.IfMatch;
import dev.ember.fault.Conflict;
import dev.ember.fault.NotFound;
import dev.ember.fault.PreconditionFailed;
import dev.ember.quota.QuotaUsage;
import dev.ember.quota.Quotas;
import dev.ember.uuid.CanonicalUuid;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.UUID;

/** Deletes configs that no deployment refers to. */
@ApplicationScoped
class SoftwareConfigDeletions {

    private final ConfigUse use;
    private final Quotas quotas;
    private final QuotaUsage usage;

    SoftwareConfigDeletions(ConfigUse use, Quotas quotas, QuotaUsage usage) {
        this.use = use;
        this.quotas = quotas;
        this.usage = usage;
    }

    /**
     * Deletes a config in the present transaction.
     *
     * @param id the id as it stands in the request
     * @throws NotFound when the tenant has none with the id
     * @throws Conflict when a deployment refers to it
     * @throws PreconditionFailed when the condition does not hold
     */
    void delete(String tenantId, String id, IfMatch condition) {
        UUID uuid = CanonicalUuid.parse(id)
                .filter(parsed -> SoftwareConfig.lock(tenantId, parsed))
                .orElseThrow(() -> NotFound.config(id));
        if (use.isInUse(tenantId, uuid)) {
            throw Conflict.configInUse(id);
        }
        condition.check(EntityTag.of(uuid, 0)); // A config never changes.
        SoftwareConfig.delete(tenantId, uuid);
        usage.subtract(quotas.configs(), Map.of(tenantId, 1));
    }
}
