package dev.ember.database;

import io.agroal.api.AgroalPoolInterceptor;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import org.jboss.logging.Logger;

/**
 * Ends the wait for a database that takes a statement and never answers, as one behind a cut network does. Together
 * with the pool's acquisition timeout it bounds how long a request can wait.
 */
@Singleton
final class ConnectionDeadline implements AgroalPoolInterceptor {

    private static final int MILLISECONDS = 1_500;

    @Override
    public void onConnectionCreate(Connection connection) {
        try {
            connection.setNetworkTimeout(Runnable::run, MILLISECONDS);
        } catch (SQLException e) {
            Logger.getLogger(ConnectionDeadline.class).warn("A new database connection is broken already");
        }
    }
}
