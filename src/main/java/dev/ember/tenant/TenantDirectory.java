package dev.ember.tenant;

import dev.ember.database.Batcher;
import dev.ember.database.LockWait;
import dev.ember.database.SqlArray;
import dev.ember.database.Statements;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;

/**
 * The directory of tenants. It knows all tenants, and the tenants in which a project sees rows.
 *
 * <p>This class alone defines which rows a project sees: all rows of its own tenant, and the deployments of other
 * tenants that name it as {@code stack_user_project_id}.
 */
@ApplicationScoped
public class TenantDirectory {

    /** The maximum number of entries in the cache of stored entries. */
    private static final int CACHE_SIZE = 10_000;

    private static final String FIND =
            "select project_id, tenant_id from stack_user_tenant where project_id = any(?) order by project_id, tenant_id";

    private static final String ADD_TENANTS = "insert into tenant (id) select unnest(?::text[]) on conflict do nothing";

    private static final String ADD_PROJECTS =
            """
            insert into stack_user_tenant (project_id, tenant_id) select * from unnest(?::text[], ?::text[])
            on conflict do nothing""";

    /** The maximum number of projects in one query. */
    private static final int BATCH_SIZE = 100;

    private final Statements statements;
    private final Batcher<String, List<Scope>> lookup = new Batcher<>("tenant-directory", BATCH_SIZE, this::find);

    /** The cache of entries that are known to be stored. It cannot become stale, because entries are never deleted. */
    private final Set<Scope> cached = Collections.newSetFromMap(Collections.synchronizedMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Scope, Boolean> eldest) {
            return size() > CACHE_SIZE;
        }
    }));

    TenantDirectory(Statements statements) {
        this.statements = statements;
    }

    @PreDestroy
    void close() {
        lookup.close();
    }

    /** Returns the scopes of each project in tenants other than its own. Projects without such scopes are left out. */
    public Map<String, List<Scope>> otherTenants(Collection<String> projects) {
        Map<String, List<Scope>> found = new HashMap<>();
        statements
                .query(
                        FIND,
                        List.of(SqlArray.of("text", new TreeSet<>(projects), project -> project)),
                        row -> new Scope(row.getString(2), row.getString(1)))
                .forEach(scope -> found.computeIfAbsent(scope.stackUserProject(), project -> new ArrayList<>())
                        .add(scope));
        return found;
    }

    /** Returns the scopes of a project in tenants other than its own. Concurrent requests share a query. */
    public CompletionStage<List<Scope>> otherTenants(String project) {
        return lookup.add(project);
    }

    private List<List<Scope>> find(List<String> projects, LockWait lockWait) {
        Map<String, List<Scope>> found = otherTenants(projects);
        return projects.stream()
                .map(project -> found.getOrDefault(project, List.of()))
                .toList();
    }

    /** Returns all scopes of a project. The scope of its own tenant comes first. */
    public List<Scope> scopes(String project) {
        List<Scope> scopes = new ArrayList<>(List.of(Scope.ofTenant(project)));
        scopes.addAll(otherTenants(List.of(project)).getOrDefault(project, List.of()));
        return scopes;
    }

    /**
     * Stores entries for rows that are about to be created. The entries are committed first: an entry without rows is
     * harmless, but a row without an entry would be invisible to the project of the stack user.
     *
     * @param scopes the tenants of the rows, each with the project that a row names or null
     */
    public void add(Collection<Scope> scopes) {
        List<String> tenants = new ArrayList<>();
        List<Scope> projects = new ArrayList<>();
        for (Scope scope : Set.copyOf(scopes)) {
            if (!cached.contains(Scope.ofTenant(scope.tenant()))) {
                tenants.add(scope.tenant());
            }
            if (!scope.isOwn() && !scope.stackUserProject().equals(scope.tenant()) && !cached.contains(scope)) {
                projects.add(scope);
            }
        }
        if (!tenants.isEmpty()) {
            statements.update(ADD_TENANTS, List.of(SqlArray.of("text", new TreeSet<>(tenants), tenant -> tenant)));
            tenants.forEach(tenant -> cached.add(Scope.ofTenant(tenant)));
        }
        if (!projects.isEmpty()) {
            statements.update(
                    ADD_PROJECTS,
                    List.of(
                            SqlArray.of("text", projects, Scope::stackUserProject),
                            SqlArray.of("text", projects, Scope::tenant)));
            cached.addAll(projects);
        }
    }
}
