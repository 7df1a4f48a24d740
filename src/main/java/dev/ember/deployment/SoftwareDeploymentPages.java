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
 * Reads lists of deployments, oldest first. A small page is one value that PostgreSQL renders, and concurrent requests
 * share its query. Everything else is read in pieces.
 */
@ApplicationScoped
class SoftwareDeploymentPages {

    /** The most deployments of a page that PostgreSQL renders as a whole. */
    static final int SMALL_PAGE = 64;

    /** The most pages of a query. */
    private static final int BATCH = 16;

    private static final String ITEMS =
            """
            unnest(?::int[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::uuid[], ?::int[])
             as wanted (number, tenant, project, server_id, config_id, action, marker, size)""";

    private static final String DEPLOYMENTS =
            """
            select %s from software_deployment where %%s%%s order by id limit wanted.size"""
                    .formatted(SoftwareDeploymentSql.COLUMNS);

    /** No member is rendered when the page is too large. */
    private static final String PAGE =
            """
            select wanted.number, page.json from %1$s
            cross join lateral (
                select case when coalesce(max(d.total), 0) <= %2$d
                 then '{"software_deployments":[' || coalesce(string_agg(d.json, ',' order by d.id), '') || ']}' end as json
                from (select d.id, d.total, case when d.total <= %2$d then %3$s end as json
                    from (select v.*, sum(v.size) over () as total from (%4$s) v) d) d) page"""
                    .formatted(ITEMS, JsonLookup.SMALL, SoftwareDeploymentSql.JSON, DEPLOYMENTS);

    private static final String PIECE =
            """
            select d.id, d.size, case when d.size <= bound.largest then %s end
            from %s cross join (values (?::bigint)) as bound (largest)
            cross join lateral (select v.*, sum(size) over (order by id) - size as before from (%s) v) d
            where d.before < bound.largest order by d.id"""
                    .formatted(SoftwareDeploymentSql.JSON, ITEMS, DEPLOYMENTS);

    private final TenantDirectory directory;
    private final TenantStatements statements;
    private final Batcher<Part, Optional<byte[]>> pages = new Batcher<>("deployment-pages", BATCH, this::read);

    /** The statements by their text before the forms for tenants: each kind of filter has its own. */
    private final Map<String, TenantSql> sql = new ConcurrentHashMap<>();

    /**
     * A part of a list.
     *
     * @param project the project that asks
     * @param marker the deployment after which the part begins, or null for the oldest
     * @param limit the most deployments of the part
     */
    record Part(String project, SoftwareDeploymentFilter filter, UUID marker, int limit) {}

    SoftwareDeploymentPages(TenantDirectory directory, TenantStatements statements) {
        this.directory = directory;
        this.statements = statements;
    }

    @PreDestroy
    void close() {
        pages.close();
    }

    /** The body of a response with a small page; empty when the page must be read in pieces. */
    CompletionStage<Optional<byte[]>> find(Part part) {
        return pages.add(part);
    }

    /**
     * The first deployments of a part.
     *
     * @param bytes the size from which on no more are read; JSON that is larger is left out
     */
    Rows piece(Part part, int bytes) {
        List<Rows> found = new ArrayList<>();
        for (Scope scope : directory.scopes(part.project())) {
            List<Row> rows = statements.query(
                    statement(PIECE, scope.isOwn(), part),
                    List.of(new BatchItem<>(0, scope, part)),
                    items -> parameters(items, bytes),
                    Row::read);
            found.add(Rows.upTo(part.limit(), bytes, rows));
        }
        return found.size() == 1 ? found.get(0) : Rows.merge(found, part.limit());
    }

    /** A project that sees into other tenants gets its pages in pieces. */
    private List<Optional<byte[]>> read(List<Part> parts, LockWait lockWait) {
        List<Optional<byte[]>> found = new ArrayList<>(Collections.nCopies(parts.size(), Optional.empty()));
        Set<String> others = directory
                .otherTenants(parts.stream().map(Part::project).toList())
                .keySet();
        Map<TenantSql, List<BatchItem<Part>>> kinds = new LinkedHashMap<>();
        for (BatchItem<Part> item : BatchItem.ofTenants(parts, Part::project)) {
            if (!others.contains(item.value().project())) {
                kinds.computeIfAbsent(statement(PAGE, true, item.value()), kind -> new ArrayList<>())
                        .add(item);
            }
        }
        kinds.forEach((kind, items) -> statements.query(
                kind,
                items,
                SoftwareDeploymentPages::parameters,
                row -> found.set(row.getInt(1), Optional.ofNullable(row.getBytes(2)))));
        return found;
    }

    private TenantSql statement(String form, boolean isOwn, Part part) {
        String conditions = part.filter().conditions() + (part.marker() == null ? "" : " and id > wanted.marker");
        return sql.computeIfAbsent(form.formatted(rows(isOwn, part.filter()), conditions), TenantSql::new);
    }

    /** A server or a config has few deployments, so that its index is better than the one of a stack user's project. */
    private static String rows(boolean isOwn, SoftwareDeploymentFilter filter) {
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
