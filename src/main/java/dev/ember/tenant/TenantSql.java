package dev.ember.tenant;

/**
 * SQL on tables of which each row belongs to a tenant. A statement names its members as {@code wantedItems}, with the
 * columns {@code tenant} and {@code project} of a {@link Scope}.
 *
 * <p>A query looks up each member in a lateral subquery with {@code offset 0} or a limit. PostgreSQL then finds the
 * rows of each member by an index. Without that it may join in the other order, which reads a whole table when its
 * statistics are old.
 *
 * <p>Each statement has two forms. One finds rows of many tenants. The other one finds rows of one tenant, which it
 * also compares with a parameter, so that a partitioned or sharded database needs one partition for it.
 */
public final class TenantSql {

    /** Compares a row's tenant. It is in the same query level as the table. */
    public static final String OF_TENANT = "tenant_id = wanted.tenant{tenant}";

    /** Finds the deployments of a scope, of which the stack user's project sees only those that name it. */
    public static final String VISIBLE =
            OF_TENANT + " and (wanted.project is null or stack_user_project_id = wanted.project)";

    private static final String PLACEHOLDER = "{tenant}";

    private final String manyTenants;
    private final String oneTenant;
    private final int placeholders;

    /** @param sql the statement, in which the last parameters are those that {@link #OF_TENANT} adds */
    public TenantSql(String sql) {
        this.manyTenants = sql.replace(PLACEHOLDER, "");
        this.oneTenant = sql.replace("tenant_id = wanted.tenant" + PLACEHOLDER, "tenant_id = ?");
        this.placeholders = (sql.length() - manyTenants.length()) / PLACEHOLDER.length();
    }

    /** The form for rows of many tenants. */
    String ofManyTenants() {
        return manyTenants;
    }

    /** The form for rows of one tenant. */
    String ofOneTenant() {
        return oneTenant;
    }

    /** How many parameters more the form for one tenant has, each of them the tenant. */
    int placeholders() {
        return placeholders;
    }
}
