package dev.ember.fault;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseFailureTest {

    @ParameterizedTest
    @ValueSource(strings = {"08001", "08006", "53300", "57P01", "57P03"})
    void knowsADatabaseOutOfReachHoweverDeep(String sqlState) {
        assertTrue(DatabaseFailure.isCauseOf(
                new IllegalStateException(new RuntimeException(new SQLException("", sqlState)))));
    }

    @Test
    void takesThePoolsOwnFailuresForTheSame() {
        assertTrue(DatabaseFailure.isCauseOf(new SQLException("Acquisition timeout")));
    }

    @Test
    void knowsItBehindAFailedCommit() {
        RuntimeException failure = new RuntimeException("The transaction was rolled back");
        failure.addSuppressed(new IllegalStateException(new SQLException("", "08006")));

        assertTrue(DatabaseFailure.isCauseOf(new RuntimeException(failure)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"57014", "55P03", "40001", "40P01"})
    void knowsADatabaseThatIsBusy(String sqlState) {
        assertTrue(DatabaseFailure.isBusy(new IllegalStateException(new SQLException("", sqlState))));
        assertFalse(DatabaseFailure.isBusy(new SQLException("", "57P01")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"22021", "23505", "23514", "42P01"})
    void leavesRefusedStatementsAlone(String sqlState) {
        assertFalse(DatabaseFailure.isCauseOf(new RuntimeException(new SQLException("", sqlState))));
    }

    @Test
    void leavesOtherFailuresAlone() {
        assertFalse(DatabaseFailure.isCauseOf(new RuntimeException("SQL")));
    }
}
