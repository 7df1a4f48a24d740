package dev.ember.tenant;

/**
 * Some of the rows that a project sees: all rows of one tenant, or the rows of the tenant that name the project.
 *
 * @param tenant the tenant that owns the rows
 * @param stackUserProject the project that the rows must name; null for the own project of the tenant, which sees all
 *     rows
 */
public record Scope(String tenant, String stackUserProject) {

    /** Returns the scope with all rows of a tenant. */
    public static Scope ofTenant(String tenant) {
        return new Scope(tenant, null);
    }

    /** Returns whether the project is the tenant's own project. */
    public boolean isOwn() {
        return stackUserProject == null;
    }
}
