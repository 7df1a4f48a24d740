package dev.ember.database;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.AgroalDataSource.FlushMode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Closes the connections to a database that has become read-only, so that new ones find the primary. After a switchover
 * every connection of the pool leads to the former primary.
 */
@ApplicationScoped
class ReadOnlyDatabase {

    /** Reads still work on a read-only database, so that connections are not closed more often than this. */
    private static final long PAUSE = TimeUnit.SECONDS.toNanos(1);

    private final AgroalDataSource pool;
    private final AtomicLong closed = new AtomicLong(System.nanoTime() - PAUSE);

    ReadOnlyDatabase(AgroalDataSource pool) {
        this.pool = pool;
    }

    void onFailure(@Observes DatabaseFailure failure) {
        if (failure != DatabaseFailure.READ_ONLY) {
            return;
        }
        long now = System.nanoTime();
        long last = closed.get();
        if (now - last >= PAUSE && closed.compareAndSet(last, now)) {
            pool.flush(FlushMode.GRACEFUL);
        }
    }
}
