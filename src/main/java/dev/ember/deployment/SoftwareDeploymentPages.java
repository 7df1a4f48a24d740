package dev.ember.deployment;

import dev.ember.database.Batcher;
import dev.ember.database.LockWait;
import dev.ember.database.SqlArray;
import dev.ember.paging.Row;
import dev.ember.paging.Rows;
import dev.ember.tenant.BatchItem;
import dev.ember.tenant.JsonLookup;
import dev.ember.tenant.Scope;
import dev.ember.tenant.TenantDirectory;
import dev.ember.tenant.TenantSql;
import dev.ember.tenant.TenantStatements;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Reads lists of deployments, oldest first. PostgreSQL renders a small page as one value, and concurrent requests share
 * its query. Everything else is read in chunks.
 */
@ApplicationScoped
class SoftwareDeploymentPages {

    /** The maximum size of a page that PostgreSQL renders as a whole, in deployments. */
    static final int SMALL_PAGE = 64;

    /** The maximum number of pages in one query. */
    private static final int BATCH_SIZE = 16;

    private static final String ITEMS =
            """
            unnest(?::int[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::uuid[], ?::int[])
             as wanted (number, tenant, project, server_id, config_id, action, marker, size)""";

    private static final String DEPLOYMENTS =
            """
            select %s from software_deployment where %%s%%s order by id limit wanted.size"""
                    .formatted(SoftwareDeploymentSql.COLUMNS);

    /** Renders no deployment when the page is too large. */
    private static final String PAGE =
            """
            select wanted.number, page.json from %1$s
            cross join lateral (
                select case when coalesce(max(d.total), 0) <= %2$d
                 then '{"software_deployments":[' || coalesce(string_agg(d.json, ',' order by d.id), '') || ']}' end as json
                from (select d.id, d.total, case when d.total <= %2$d then %3$s end as json
                    from (select v.*, sum(v.size) over () as total from (%4$s) v) d) d) page"""
                    .formatted(ITEMS, JsonLookup.SMALL, SoftwareDeploymentSql.JSON, DEPLOYMENTS);

    private static final String CHUNK =
            """
            select d.id, d.size, case when d.size <= bound.largest then %s end
            from %s cross join (values (?::bigint)) as bound (largest)
            cross join lateral (select v.*, sum(size) over (order by id) - size as before from (%s) v) d
            where d.before < bound.largest order by d.id"""
                    .formatted(SoftwareDeploymentSql.JSON, ITEMS, DEPLOYMENTS);

    private static final String IDS =
            """
            select wanted.number, d.id from %s
            cross join lateral (select id from software_deployment where %%s%%s order by id limit wanted.size) d
            order by wanted.number, d.id"""
                    .formatted(ITEMS);

    private final TenantDirectory directory;
    private final TenantStatements statements;
    private final Batcher<Part, List<UUID>> ids = new Batcher<>("deployment-ids", BATCH_SIZE, this::readIds);
    private final Batcher<Part, Optional<byte[]>> pages =
            new Batcher<>("deployment-pages", BATCH_SIZE, this::readPages);

    /**
     * The statements by their SQL text before {@link TenantSql} adds the forms for tenants. Each combination of filters
     * has its own statement.
     */
    private final Map<String, TenantSql> sql = new ConcurrentHashMap<>();

    /**
     * A part of a list.
     *
     * @param project the caller's project
     * @param marker the deployment before the first one of the part, or null to start with the oldest
     * @param limit the maximum number of deployments
     */
    record Part(String project, SoftwareDeploymentFilter filter, UUID marker, int limit) {}

    SoftwareDeploymentPages(TenantDirectory directory, TenantStatements statements) {
        this.directory = directory;
        this.statements = statements;
    }

    @PreDestroy
    void close() {
        pages.close();
        ids.close();
    }

    /** Finds the ids of the first deployments of a part. */
    CompletionStage<List<UUID>> findIds(Part part) {
        return ids.add(part);
    }

    /** Returns the response body with a small page. Returns empty when the page must be read in chunks. */
    CompletionStage<Optional<byte[]>> findPage(Part part) {
        return pages.add(part);
    }

    /**
     * Reads the first deployments of a part.
     *
     * @param bytes the total size after which no further deployments are read; JSON that is larger by itself is left
     *     out
     */
    Rows<UUID> findChunk(Part part, int bytes) {
        List<Rows<UUID>> found = new ArrayList<>();
        for (Scope scope : directory.scopes(part.project())) {
            List<Row<UUID>> rows = statements.query(
                    statement(CHUNK, scope.isOwn(), part),
                    List.of(new BatchItem<>(0, scope, part)),
                    items -> parameters(items, bytes),
                    Row::read);
            found.add(Rows.upTo(part.limit(), bytes, rows));
        }
        return found.size() == 1 ? found.get(0) : Rows.merge(found, part.limit());
    }

    private List<List<UUID>> readIds(List<Part> parts, LockWait lockWait) {
        Map<String, List<Scope>> others =
                directory.otherTenants(parts.stream().map(Part::project).toList());
        Map<TenantSql, List<BatchItem<Part>>> itemsByStatement = new LinkedHashMap<>();
        for (BatchItem<Part> item : BatchItem.ofTenants(parts, Part::project)) {
            List<Scope> scopes = new ArrayList<>(List.of(item.scope()));
            scopes.addAll(others.getOrDefault(item.value().project(), List.of()));
            for (Scope scope : scopes) {
                itemsByStatement
                        .computeIfAbsent(statement(IDS, scope.isOwn(), item.value()), created -> new ArrayList<>())
                        .add(new BatchItem<>(item.number(), scope, item.value()));
            }
        }
        List<List<UUID>> found =
                parts.stream().<List<UUID>>map(part -> new ArrayList<>()).toList();
        itemsByStatement.forEach((statement, items) ->
                statements.query(statement, items, SoftwareDeploymentPages::parameters, row -> found.get(row.getInt(1))
                        .add(row.getObject(2, UUID.class))));
        List<List<UUID>> first = new ArrayList<>();
        for (Part part : parts) {
            first.add(found.get(first.size()).stream()
                    .sorted(Rows.POSTGRESQL_ORDER)
                    .limit(part.limit())
                    .toList());
        }
        return first;
    }

    /** Reads small pages. Returns empty for projects that see other tenants: their pages are read in chunks. */
    private List<Optional<byte[]>> readPages(List<Part> parts, LockWait lockWait) {
        List<Optional<byte[]>> found = new ArrayList<>(Collections.nCopies(parts.size(), Optional.empty()));
        Set<String> others = directory
                .otherTenants(parts.stream().map(Part::project).toList())
                .keySet();
        Map<TenantSql, List<BatchItem<Part>>> itemsByStatement = new LinkedHashMap<>();
        for (BatchItem<Part> item : BatchItem.ofTenants(parts, Part::project)) {
            if (!others.contains(item.value().project())) {
                itemsByStatement
                        .computeIfAbsent(statement(PAGE, true, item.value()), created -> new ArrayList<>())
                        .add(item);
            }
        }
        itemsByStatement.forEach((statement, items) -> statements.query(
                statement,
                items,
                SoftwareDeploymentPages::parameters,
                row -> found.set(row.getInt(1), Optional.ofNullable(row.getBytes(2)))));
        return found;
    }

    private TenantSql statement(String form, boolean isOwn, Part part) {
        String conditions = part.filter().conditions() + (part.marker() == null ? "" : " and id > wanted.marker");
        return sql.computeIfAbsent(form.formatted(scopeCondition(isOwn, part.filter()), conditions), TenantSql::new);
    }

    /**
     * Returns the condition that selects the rows of a scope. A server or a config has few deployments, so their index
     * is better than the index on the project of the stack user.
     */
    private static String scopeCondition(boolean isOwn, SoftwareDeploymentFilter filter) {
        if (isOwn) {
            return TenantSql.OF_TENANT;
        }
        return filter.serverId() != null || filter.configId() != null
                ? TenantSql.VISIBLE
                : TenantSql.OF_TENANT + " and stack_user_project_id = wanted.project";
    }

    private static List<Object> parameters(List<BatchItem<Part>> items) {
        return List.of(
                texts(items, part -> part.filter().serverId()),
                texts(items, part -> part.filter().configId()),
                texts(items, part -> part.filter().action()),
                SqlArray.of("uuid", items, item -> item.value().marker()),
                SqlArray.of("int4", items, item -> item.value().limit()));
    }

    private static List<Object> parameters(List<BatchItem<Part>> items, int bytes) {
        List<Object> parameters = new ArrayList<>(parameters(items));
        parameters.add(bytes);
        return parameters;
    }

    private static SqlArray texts(List<BatchItem<Part>> items, Function<Part, String> text) {
        return SqlArray.of("text", items, item -> text.apply(item.value()));
    }
}
