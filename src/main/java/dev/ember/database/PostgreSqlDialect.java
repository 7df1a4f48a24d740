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
 * The dialect of PostgreSQL 14 and later, reduced to the features that the queries of this service use. It registers
 * two kinds of functions. Hibernate knows several hundred functions and would describe each of them at every start. The
 * dialect does not support changes of entities that span several tables.
 */
public final class PostgreSqlDialect extends PostgreSQLDialect {

    private static final int MIN_VERSION = 14;

    public PostgreSqlDialect() {
        super(DatabaseVersion.make(MIN_VERSION));
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
