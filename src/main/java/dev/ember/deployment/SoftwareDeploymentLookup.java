package dev.ember.deployment;

import dev.ember.tenant.JsonLookup;
import dev.ember.tenant.JsonLookup.Found;
import dev.ember.tenant.JsonLookup.Key;
import dev.ember.tenant.JsonLookup.Reach;
import dev.ember.tenant.TenantDirectory;
import dev.ember.tenant.TenantSql;
import dev.ember.tenant.TenantStatements;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/** Finds deployments by id. */
@ApplicationScoped
class SoftwareDeploymentLookup {

    /** The maximum number of deployments in one query. */
    private static final int BATCH_SIZE = 16;

    private static final TenantSql FIND = new TenantSql(
            """
            select wanted.number, d.id || '.' || d.version, d.size, case when d.size <= bound.largest then %s end
            from unnest(?::int[], ?::text[], ?::text[], ?::text[]) as wanted (number, tenant, project, id)
            cross join (values (?::bigint)) as bound (largest)
            cross join lateral (select %s from software_deployment where %s and id = wanted.id::uuid offset 0) d"""
                    .formatted(SoftwareDeploymentSql.IN_ENVELOPE, SoftwareDeploymentSql.COLUMNS, TenantSql.VISIBLE));

    private final JsonLookup lookup;

    SoftwareDeploymentLookup(TenantDirectory directory, TenantStatements statements) {
        lookup = new JsonLookup(
                directory, statements, "deployments", FIND, Reach.FIRST_TENANT, BATCH_SIZE, (first, second) -> first);
    }

    @PreDestroy
    void close() {
        lookup.close();
    }

    JsonLookup lookup() {
        return lookup;
    }

    /** Finds a deployment that a project sees. */
    CompletionStage<Optional<Found>> find(String project, UUID id) {
        return lookup.find(new Key(project, id.toString()));
    }
}
