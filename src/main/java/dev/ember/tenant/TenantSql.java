package dev.ember.tenant;

/**
 * SQL on tables whose rows each belong to one tenant. A statement refers to its batch items as {@code wanted}, with the
 * columns {@code tenant} and {@code project} of a {@link Scope}.
 *
 * <p>A query looks up each item in a lateral subquery with {@code offset 0} or a limit. PostgreSQL then finds the rows
 * of each item with an index. Otherwise, it may join in the other order and read a whole table when its statistics are
 * stale.
 *
 * <p>Each statement has two forms. One finds rows of many tenants. The other finds rows of one tenant and also compares
 * the tenant with a parameter, so that a partitioned or sharded database reads only one partition.
 */
public final class TenantSql {

    /** Matches the tenant of a row. It must be in the same query level as the table. */
    public static final String OF_TENANT = "tenant_id = wanted.tenant{tenant}";

    /** Matches the deployments of a scope. The project of a stack user sees only the deployments that name it. */
    public static final String VISIBLE =
            OF_TENANT + " and (wanted.project is null or stack_user_project_id = wanted.project)";

    private static final String PLACEHOLDER = "{tenant}";

    private final String manyTenants;
    private final String oneTenant;
    private final int placeholders;

    /** @param sql the statement; the parameters that {@link #OF_TENANT} adds must be its last ones */
    public TenantSql(String sql) {
        this.manyTenants = sql.replace(PLACEHOLDER, "");
        this.oneTenant = sql.replace("tenant_id = wanted.tenant" + PLACEHOLDER, "tenant_id = ?");
        this.placeholders = (sql.length() - manyTenants.length()) / PLACEHOLDER.length();
    }

    /** Returns the form for rows of many tenants. */
    String ofManyTenants() {
        return manyTenants;
    }

    /** Returns the form for rows of one tenant. */
    String ofOneTenant() {
        return oneTenant;
    }

    /** Returns the number of additional parameters of the form for one tenant. The value of each is the tenant. */
    int placeholders() {
        return placeholders;
    }
}
