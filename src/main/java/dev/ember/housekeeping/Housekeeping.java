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
 * Runs the tasks in rounds on one thread. It does not query the database while no task is needed. An idle service
 * therefore has no database connection.
 */
@ApplicationScoped
class Housekeeping {

    private static final Logger LOG = Logger.getLogger(Housekeeping.class);

    /** The most batches of one task in a round. The limit keeps the wait of the other tasks short. */
    private static final int MAX_BATCHES = 100;

    private static final int PAUSE_BETWEEN_BATCHES_MILLISECONDS = 20;

    /** The longest pause, in seconds, before the next round if a task was not completed. */
    private static final long MAX_PAUSE_WITH_WORK_LEFT_SECONDS = 10;

    private static final int TERMINATION_TIMEOUT_SECONDS = 2;

    private final Instance<HousekeepingTask> tasks;
    private final Schema schema;
    private final Event<DatabaseFailure> failures;
    private final long interval;
    private final ScheduledExecutorService executor =
            Executors.newSingleThreadScheduledExecutor(Housekeeping::createThread);
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
        executor.schedule(this::runRound, interval, TimeUnit.SECONDS);
    }

    void stop(@Observes ShutdownEvent stop) throws InterruptedException {
        executor.shutdownNow();
        executor.awaitTermination(TERMINATION_TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }

    private static Thread createThread(Runnable work) {
        Thread thread = new Thread(work, "housekeeping");
        thread.setDaemon(true);
        return thread;
    }

    /** Runs a round and schedules the next one, earlier than usual if a task was not completed. */
    private void runRound() {
        long pause = interval;
        try {
            for (HousekeepingTask task : tasks) {
                if (task.isNeeded() && schema.isUsable()) {
                    pause = Math.min(pause, pauseAfter(runTask(task)));
                }
            }
            failing = false;
        } catch (InterruptedException e) {
            return;
        } catch (SQLException | RuntimeException | OutOfMemoryError e) {
            if (!executor.isShutdown()) {
                reportFailure(e);
            }
            failing = true;
        }
        if (!executor.isShutdown()) {
            executor.schedule(this::runRound, pause, TimeUnit.SECONDS);
        }
    }

    private void reportFailure(Throwable e) {
        if (!failing) {
            LOG.warn("Housekeeping stopped because of a database failure; it is retried in each round");
        }
        failures.fire(DatabaseFailure.of(e));
    }

    private long pauseAfter(HousekeepingTask.Progress progress) {
        return switch (progress) {
            case FULL -> 1;
            case PARTIAL -> Math.min(interval, MAX_PAUSE_WITH_WORK_LEFT_SECONDS);
            case END -> interval;
        };
    }

    private static HousekeepingTask.Progress runTask(HousekeepingTask task) throws SQLException, InterruptedException {
        HousekeepingTask.Progress progress = HousekeepingTask.Progress.PARTIAL;
        for (int batch = 0; batch < MAX_BATCHES && progress != HousekeepingTask.Progress.END; batch++) {
            Thread.sleep(batch == 0 ? 0 : PAUSE_BETWEEN_BATCHES_MILLISECONDS);
            progress = task.batch();
        }
        return progress;
    }
}
