package dev.ember;

import java.sql.SQLException;
import java.util.function.Supplier;

/** Makes the changes of one tenant to a table raise an error for a while. */
public final class FailingTable {

    /** The message of each error. It must not appear in any response or log line. */
    public static final String SECRET = "private words";

    private final String table;

    private FailingTable(String table) {
        this.table = table;
    }

    /** Raises an error on each change. */
    public static FailingTable always(String table, String tenant, String sqlState) throws SQLException {
        return raising(table, tenant, sqlState, "true");
    }

    /** Raises an error on the first change only. A sequence counts the changes because a rollback does not reset it. */
    public static FailingTable once(String table, String tenant, String sqlState) throws SQLException {
        TestDatabase.execute("drop sequence if exists %s_changes".formatted(table));
        TestDatabase.execute("create sequence %s_changes".formatted(table));
        return raising(table, tenant, sqlState, "nextval('%s_changes') = 1".formatted(table));
    }

    private static FailingTable raising(String table, String tenant, String sqlState, String condition)
            throws SQLException {
        TestDatabase.execute(
                """
                create or replace function fail_%1$s() returns trigger language plpgsql as $$ begin
                    if coalesce(new.tenant_id, old.tenant_id) = '%2$s' and %4$s then
                        raise exception '%5$s' using errcode = '%3$s';
                    end if;
                    return coalesce(new, old);
                end $$"""
                        .formatted(table, tenant, sqlState, condition, SECRET));
        TestDatabase.execute(
                """
                create or replace trigger fail before insert or update or delete on %1$s
                for each row execute function fail_%1$s()"""
                        .formatted(table));
        return new FailingTable(table);
    }

    /** Runs work while changes fail, and returns its result. */
    public <T> T during(Supplier<T> work) throws SQLException {
        try {
            return work.get();
        } finally {
            TestDatabase.execute("drop function fail_" + table + " cascade");
        }
    }
}
