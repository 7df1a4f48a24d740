package dev.ember.database;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.AgroalDataSource.FlushMode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Closes the connections to a former primary, so that new connections reach the current one. After a switchover, all
 * connections of the pool lead to the former primary, which is read-only. After a failover, some may lead to a former
 * primary that was frozen.
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

    void onFailover(@Observes FormerPrimary.Failover failover) {
        pool.flush(FlushMode.GRACEFUL);
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
