package dev.ember.housekeeping;

import dev.ember.database.DatabaseFailure;
import dev.ember.database.Schema;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import java.sql.SQLException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Runs the tasks in rounds on one thread. While no task is needed it does not ask the database, so that an idle service
 * has no connection.
 */
@ApplicationScoped
class Housekeeping {

    private static final Logger LOG = Logger.getLogger(Housekeeping.class);

    /** The most batches of a task in a round, so that the other tasks do not wait long. */
    private static final int BATCHES = 100;

    private static final int PAUSE_MILLISECONDS = 20;

    /** The longest pause, in seconds, before a round goes on where the last one has not reached the end. */
    private static final long PAUSE_BEFORE_REST = 10;

    private static final int LOCK_WAIT_SECONDS = 2;

    private final Instance<HousekeepingTask> tasks;
    private final Schema schema;
    private final Event<DatabaseFailure> failures;
    private final long interval;
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(Housekeeping::thread);
    private boolean failing;

    Housekeeping(
            Instance<HousekeepingTask> tasks,
            Schema schema,
            Event<DatabaseFailure> failures,
            HousekeepingSettings settings) {
        this.failures = failures;
        this.tasks = tasks;
        this.schema = schema;
        this.interval = settings.housekeepingInterval().toSeconds();
    }

    /** Creates the tasks, so that their metrics exist before the first round. */
    void start(@Observes StartupEvent start) {
        tasks.forEach(HousekeepingTask::isNeeded);
        executor.schedule(this::round, interval, TimeUnit.SECONDS);
    }

    void stop(@Observes ShutdownEvent stop) throws InterruptedException {
        executor.shutdownNow();
        executor.awaitTermination(LOCK_WAIT_SECONDS, TimeUnit.SECONDS);
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "housekeeping");
        thread.setDaemon(true);
        return thread;
    }

    /** One round, and soon another when this one has not reached the end. */
    private void round() {
        long pause = interval;
        try {
            for (HousekeepingTask task : tasks) {
                if (task.isNeeded() && schema.isUsable()) {
                    pause = Math.min(pause, pauseAfter(run(task)));
                }
            }
            failing = false;
        } catch (InterruptedException e) {
            return;
        } catch (SQLException | RuntimeException | OutOfMemoryError e) {
            if (!executor.isShutdown()) {
                report(e);
            }
            failing = true;
        }
        if (!executor.isShutdown()) {
            executor.schedule(this::round, pause, TimeUnit.SECONDS);
        }
    }

    private void report(Throwable e) {
        if (!failing) {
            LOG.warn("Housekeeping broke off, for the database failed; it is tried again each round");
        }
        failures.fire(DatabaseFailure.of(e));
    }

    private long pauseAfter(HousekeepingTask.Progress progress) {
        return switch (progress) {
            case FULL -> 1;
            case PARTIAL -> Math.min(interval, PAUSE_BEFORE_REST);
            case END -> interval;
        };
    }

    private static HousekeepingTask.Progress run(HousekeepingTask task) throws SQLException, InterruptedException {
        HousekeepingTask.Progress progress = HousekeepingTask.Progress.PARTIAL;
        for (int batch = 0; batch < BATCHES && progress != HousekeepingTask.Progress.END; batch++) {
            Thread.sleep(batch == 0 ? 0 : PAUSE_MILLISECONDS);
            progress = task.batch();
        }
        return progress;
    }
}
