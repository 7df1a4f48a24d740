package dev.ember.database;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.AgroalDataSource.FlushMode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Closes the connections to a database that has become read-only, so that new connections reach the primary. After a
 * switchover, all connections of the pool lead to the former primary.
 */
@ApplicationScoped
class ReadOnlyDatabase {

    /**
     * The shortest time between two closings. Reads still work on a read-only database, so its connections are not
     * closed more often.
     */
    private static final long MIN_INTERVAL = TimeUnit.SECONDS.toNanos(1);

    private final AgroalDataSource pool;
    private final AtomicLong lastClosing = new AtomicLong(System.nanoTime() - MIN_INTERVAL);

    ReadOnlyDatabase(AgroalDataSource pool) {
        this.pool = pool;
    }

    void onFailure(@Observes DatabaseFailure failure) {
        if (failure != DatabaseFailure.READ_ONLY) {
            return;
        }
        long now = System.nanoTime();
        long last = lastClosing.get();
        if (now - last >= MIN_INTERVAL && lastClosing.compareAndSet(last, now)) {
            pool.flush(FlushMode.GRACEFUL);
        }
    }
}
