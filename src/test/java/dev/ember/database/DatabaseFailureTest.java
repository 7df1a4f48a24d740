package dev.ember.database;

import static dev.ember.database.DatabaseFailure.NONE;
import static dev.ember.database.DatabaseFailure.UNREACHABLE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatabaseFailureTest {

    /** Every class of PostgreSQL's error codes except success and warnings. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DEFECT          | 03000 09000 0F001 0T000 0Z000 0Z002 10608 20000 21000 24000 27000 2B000 2BP01 2D000 2F000",
                "DEFECT          | 25000 25001 25P01 25P02 34000 36000 38000 39000 3B000 42000 42601 42P07 42804",
                "DEFECT          | 54000 54023 55000 55P02 HV000 P0000 P0001 P0004 XX000 XX001 XX002 99999",
                "CONSTRAINT      | 22000 22001 22003 22021 22P05 23000 23502 23503 23505 23514 23P01 40002 44000",
                "UNREACHABLE     | 08000 08001 08003 08004 08006 08P01 25P03 40003 53000 53100 53200 53300 53400",
                "UNREACHABLE     | 57000 57P01 57P02 57P03 57P04 57P05 58000 58030 58P01 58P02 F0001",
                "BUSY            | 25P04 40000 40001 40P01 55006 55P03 57014 72000",
                "READ_ONLY       | 25006",
                "STALE_STATEMENT | 0A000 26000",
                "SCHEMA          | 3F000 42P01 42703 42704 42883",
                "MISCONFIGURED   | 0L000 0P000 28000 28P01 3D000 42501 F0000",
            })
    void classifiesEachClassOfSqlStates(DatabaseFailure outcome, String sqlStates) {
        for (String sqlState : sqlStates.split(" ")) {
            assertEquals(outcome, DatabaseFailure.of(new SQLException("", sqlState)), sqlState);
        }
    }

    @Test
    void findsTheFailureAtAnyDepth() {
        assertEquals(
                UNREACHABLE,
                DatabaseFailure.of(new IllegalStateException(new RuntimeException(new SQLException("", "08006")))));
    }

    @Test
    void treatsFailuresOfTheConnectionPoolAsUnreachable() {
        assertEquals(UNREACHABLE, DatabaseFailure.of(new SQLException("Acquisition timeout")));
    }

    @Test
    void findsTheFailureBehindAFailedCommit() {
        RuntimeException failure = new RuntimeException("The transaction was rolled back");
        failure.addSuppressed(new IllegalStateException(new SQLException("", "08006")));

        assertEquals(UNREACHABLE, DatabaseFailure.of(new RuntimeException(failure)));
    }

    @Test
    void prefersAnUnreachableDatabaseToADefect() {
        SQLException aborted = new SQLException("", "25P02");
        aborted.addSuppressed(new SQLException("", "57P01"));

        assertEquals(UNREACHABLE, DatabaseFailure.of(aborted));
    }

    @Test
    void classifiesOtherExceptionsAsNone() {
        assertEquals(NONE, DatabaseFailure.of(new RuntimeException("SQL")));
    }

    @Test
    void distinguishesFailuresOfOneStatementFromFailuresOfAll() {
        assertFalse(DatabaseFailure.CONSTRAINT.concernsAllStatements());
        assertFalse(DatabaseFailure.DEFECT.concernsAllStatements());
        assertTrue(DatabaseFailure.READ_ONLY.concernsAllStatements());
    }
}
