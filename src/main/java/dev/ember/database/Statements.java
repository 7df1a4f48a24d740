package dev.ember.database;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.PersistenceException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** Runs SQL through JDBC, in the current transaction or else in a separate transaction for each statement. */
@ApplicationScoped
public class Statements {

    private final DataSource database;

    Statements(DataSource database) {
        this.database = database;
    }

    /** Reads a row of a result. */
    @FunctionalInterface
    public interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /**
     * Runs a statement and returns its rows.
     *
     * @param parameters one value for each question mark: a {@link SqlArray}, a value of a type that the driver
     *     supports, or null
     * @throws PersistenceException if the statement fails
     */
    public <T> List<T> query(String sql, List<?> parameters, RowReader<T> reader) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, parameters);
            List<T> results = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    results.add(reader.read(rows));
                }
            }
            return results;
        } catch (SQLException e) {
            throw new PersistenceException(e);
        }
    }

    /**
     * Runs a statement that returns no rows.
     *
     * @param parameters as for {@link #query}
     * @return the number of rows that it changed
     * @throws PersistenceException if the statement fails
     */
    public int update(String sql, List<?> parameters) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, parameters);
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw new PersistenceException(e);
        }
    }

    private static void bind(PreparedStatement statement, List<?> parameters) throws SQLException {
        for (int i = 0; i < parameters.size(); i++) {
            Object parameter = parameters.get(i);
            statement.setObject(
                    i + 1, parameter instanceof SqlArray array ? array.toJdbc(statement.getConnection()) : parameter);
        }
    }
}
