package dev.ember.tenant;

/**
 * A part of what a project sees: all rows of one tenant, or those that name the project.
 *
 * @param tenant the tenant whose rows they are
 * @param stackUserProject the project that the rows must name; null for the tenant's own project, which sees all
 */
public record Scope(String tenant, String stackUserProject) {

    /** The rows of a tenant for its own project. */
    public static Scope ofTenant(String tenant) {
        return new Scope(tenant, null);
    }

    /** Whether the project is the tenant's own. */
    public boolean isOwn() {
        return stackUserProject == null;
    }
}
