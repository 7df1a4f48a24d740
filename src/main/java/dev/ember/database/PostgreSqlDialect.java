package dev.ember.database;

import org.hibernate.boot.model.FunctionContributions;
import org.hibernate.dialect.DatabaseVersion;
import org.hibernate.dialect.PostgreSQLDialect;
import org.hibernate.dialect.function.CommonFunctionFactory;
import org.hibernate.metamodel.mapping.EntityMappingType;
import org.hibernate.metamodel.spi.RuntimeModelCreationContext;
import org.hibernate.query.sqm.mutation.spi.SqmMultiTableInsertStrategy;
import org.hibernate.query.sqm.mutation.spi.SqmMultiTableMutationStrategy;
import org.hibernate.sql.ast.SqlAstNodeRenderingMode;

/**
 * PostgreSQL from version 14 on, and of what Hibernate knows about it, what the queries here use: two kinds of
 * functions of some hundreds, each of which would be described at every start, and no changes of entities that are
 * spread over tables.
 */
public final class PostgreSqlDialect extends PostgreSQLDialect {

    private static final int OLDEST = 14;

    public PostgreSqlDialect() {
        super(DatabaseVersion.make(OLDEST));
    }

    @Override
    public void initializeFunctionRegistry(FunctionContributions contributions) {
        CommonFunctionFactory functions = new CommonFunctionFactory(contributions);
        functions.aggregates(this, SqlAstNodeRenderingMode.DEFAULT);
        functions.coalesce();
    }

    @Override
    public SqmMultiTableMutationStrategy getFallbackSqmMutationStrategy(
            EntityMappingType entity, RuntimeModelCreationContext context) {
        return null;
    }

    @Override
    public SqmMultiTableInsertStrategy getFallbackSqmInsertStrategy(
            EntityMappingType entity, RuntimeModelCreationContext context) {
        return null;
    }
}
