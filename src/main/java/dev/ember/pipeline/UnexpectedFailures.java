package dev.ember.pipeline;

import dev.ember.database.DatabaseFailure;
import dev.ember.fault.Fault;
import dev.ember.fault.InternalError;
import dev.ember.fault.Unavailable;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;
import org.jboss.logging.Logger.Level;
import org.jboss.resteasy.reactive.server.SimpleResourceInfo;

/** Logs failures that the client did not cause, and selects the fault for the response. */
@Singleton
final class UnexpectedFailures {

    private static final Logger LOG = Logger.getLogger(UnexpectedFailures.class);

    private final OutOfMemory memory;
    private final Event<DatabaseFailure> databaseFailures;

    UnexpectedFailures(OutOfMemory memory, Event<DatabaseFailure> databaseFailures) {
        this.memory = memory;
        this.databaseFailures = databaseFailures;
    }

    /** @param operation the operation that failed, or null if no operation was running */
    Fault toFault(Throwable e, SimpleResourceInfo operation) {
        if (memory.isCauseOf(e)) {
            LOG.error("The heap is exhausted");
            return Unavailable.memory();
        }
        DatabaseFailure failure = DatabaseFailure.of(e);
        databaseFailures.fire(failure);
        return switch (failure) {
            case UNREACHABLE -> unavailable(Level.WARN, "The database cannot be reached", Unavailable.database(), e);
            case BUSY ->
                unavailable(
                        Level.WARN,
                        "The database took too long, or another transaction held a lock",
                        Unavailable.busyDatabase(),
                        e);
            case READ_ONLY -> unavailable(Level.WARN, "The database is read-only", Unavailable.readOnlyDatabase(), e);
            case STALE_STATEMENT ->
                unavailable(
                        Level.WARN, "The database rejected a prepared statement twice", Unavailable.databaseUse(), e);
            case SCHEMA ->
                unavailable(
                        Level.ERROR,
                        "The database lacks a table, column or function that the service uses",
                        Unavailable.schema(),
                        e);
            case MISCONFIGURED ->
                unavailable(
                        Level.ERROR,
                        "The database rejects the role of the service; check its credentials and privileges",
                        Unavailable.databaseUse(),
                        e);
            case CONSTRAINT -> failed("The database rejected values that passed validation", e, operation);
            case NONE, DEFECT -> failed("A request failed unexpectedly", e, operation);
        };
    }

    private static Fault unavailable(Level level, String message, Unavailable fault, Throwable e) {
        LOG.log(level, message + Diagnosis.sqlState(e));
        return fault;
    }

    private static Fault failed(String message, Throwable e, SimpleResourceInfo operation) {
        LOG.errorf("%s in %s: %s", message, nameOf(operation), Diagnosis.of(e));
        return new InternalError();
    }

    private static String nameOf(SimpleResourceInfo operation) {
        return operation == null || operation.getResourceClass() == null
                ? "no operation"
                : operation.getResourceClass().getSimpleName() + "." + operation.getMethodName();
    }
}
