package dev.ember.database;

import io.agroal.api.AgroalPoolInterceptor;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.jboss.logging.Logger;

/**
 * Settings of each new connection.
 *
 * <p>The network timeout ends the wait for a database that takes a statement and never responds, as one behind a cut
 * network does. Together with the pool's acquisition timeout it limits how long a request can wait.
 *
 * <p>The database itself gives up before that, so that no statement runs on and no lock stays after its request has
 * failed. Behind a pooler that shares connections between transactions, these settings may reach another client's
 * connection; there they belong to the role: see the README.
 *
 * <p>A statement is planned once for all values, because planning a read of metadata each time costs PostgreSQL a
 * quarter of it. One plan is right for all values, because every statement finds its rows by an index. So PostgreSQL
 * must not choose a plan that reads a whole table or index because the table was small, or its statistics were old,
 * when the plan was made. No plan is compiled: that costs 20 to 130 ms.
 */
@Singleton
final class ConnectionSettings implements AgroalPoolInterceptor {

    private static final int MILLISECONDS = 1_500;

    private static final String SETTINGS =
            """
            select set_config('statement_timeout', '1400', false),
                   set_config('lock_timeout', '1300', false),
                   set_config('idle_in_transaction_session_timeout', '5000', false),
                   set_config('plan_cache_mode', 'force_generic_plan', false),
                   set_config('enable_seqscan', 'off', false),
                   set_config('enable_bitmapscan', 'off', false),
                   set_config('enable_hashjoin', 'off', false),
                   set_config('enable_mergejoin', 'off', false),
                   set_config('enable_material', 'off', false),
                   set_config('jit', 'off', false)""";

    @Override
    public void onConnectionCreate(Connection connection) {
        try (Statement statement = connection.createStatement()) {
            connection.setNetworkTimeout(Runnable::run, MILLISECONDS);
            statement.execute(SETTINGS);
        } catch (SQLException e) {
            Logger.getLogger(ConnectionSettings.class).warn("A new database connection is broken already");
        }
    }
}
