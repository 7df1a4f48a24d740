package dev.ember.database;

import io.agroal.api.AgroalPoolInterceptor;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.jboss.logging.Logger;

/**
 * Sets the session parameters of each new database connection.
 *
 * <p>The network timeout ends the wait for a database that accepts a statement and never responds, for example behind
 * an interrupted network. Together with the acquisition timeout of the pool, it limits how long a request can wait.
 *
 * <p>The timeouts of the database are shorter. No statement continues and no lock remains after its request has failed.
 * A pooler that shares connections between transactions may apply these parameters to the connection of another client.
 * With such a pooler, set them for the role instead; see docs/operations.md, PgBouncer.
 *
 * <p>A statement is planned once for all values, because planning takes a quarter of PostgreSQL's time for a read of
 * metadata. One plan suits all values, because every statement finds its rows through an index. PostgreSQL must
 * therefore not choose a plan that reads a whole table or index, even if the table was small or its statistics were
 * outdated when the statement was planned. JIT compilation of plans is off, because it costs 20 to 130 ms.
 */
@Singleton
final class ConnectionSettings implements AgroalPoolInterceptor {

    private static final int NETWORK_TIMEOUT_MILLISECONDS = 1_500;

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
            connection.setNetworkTimeout(Runnable::run, NETWORK_TIMEOUT_MILLISECONDS);
            statement.execute(SETTINGS);
        } catch (SQLException e) {
            Logger.getLogger(ConnectionSettings.class)
                    .warn("Setting the parameters of a new database connection failed");
        }
    }
}
