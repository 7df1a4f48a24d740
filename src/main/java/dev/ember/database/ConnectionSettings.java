package dev.ember.database;

import io.agroal.api.AgroalPoolInterceptor;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.jboss.logging.Logger;

/**
 * What each connection is told when it is new.
 *
 * <p>It ends the wait for a database that takes a statement and never answers, as one behind a cut network does.
 * Together with the pool's acquisition timeout it bounds how long a request can wait.
 *
 * <p>The database itself gives up before that, so that no statement goes on and no lock is kept for somebody who has
 * left. Behind a pooler that shares connections between transactions, these settings may reach another client's; there
 * they belong to the role: see the README.
 *
 * <p>A statement is planned once for all values: each finds its rows by indexes whatever they are, and planning a read
 * of metadata anew each time costs PostgreSQL a quarter of it. None is compiled: should PostgreSQL come to expect
 * thousands of deployments of any server, that would make a read of metadata take 20 to 130 ms in place of half of one.
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
