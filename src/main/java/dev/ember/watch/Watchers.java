package dev.ember.watch;

import dev.ember.fault.Unavailable;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor.DiscardPolicy;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Wakes the requests that wait for a change.
 *
 * <ul>
 *   <li>One thread serves all of them. A waiting request holds memory only: no thread, connection or permit.
 *   <li>While any request waits, the thread reads the {@link ChangePosition} a few times per second. After a change,
 *       each request reads its resource again.
 *   <li>The reads share batches with other requests. Their number per second is bounded, so that many waiting requests
 *       do not delay others. Those that have waited longest for a read come first.
 *   <li>Each request reads its resource at intervals even without a change, in case a position cannot show it, and once
 *       more at the end of its wait.
 * </ul>
 */
@ApplicationScoped
class Watchers {

    private static final int INTERVAL_MILLISECONDS = 200;
    private static final int DRAINING_INTERVAL_MILLISECONDS = 20;

    /** The maximum number of reads that begin in an interval. */
    private static final int READS_PER_INTERVAL = 400;

    /** The maximum number of reads at the same time. It is less than the capacity of the queue of a batcher. */
    private static final int CONCURRENT_READS = 256;

    /** The maximum time between two reads of a resource. */
    private static final Duration MAX_AGE = Duration.ofSeconds(15);

    /** The fraction of waiting requests that one tenant cannot have is 1 / SHARE_OF_OTHERS. */
    private static final int SHARE_OF_OTHERS = 8;

    private static final int TERMINATION_TIMEOUT_SECONDS = 2;

    private final ChangePosition position;
    private final int limit;
    private final int limitOfTenant;
    private final Counter rejected;
    private final AtomicInteger number = new AtomicInteger();
    private final ConcurrentMap<String, Integer> numberByTenant = new ConcurrentHashMap<>();
    private final AtomicInteger reads = new AtomicInteger();
    private final Queue<Watcher> watchers = new ConcurrentLinkedQueue<>();
    private final ScheduledThreadPoolExecutor executor =
            new ScheduledThreadPoolExecutor(1, Watchers::createThread, new DiscardPolicy());
    private volatile boolean draining;

    Watchers(ChangePosition position, WatchSettings settings, MeterRegistry meters) {
        this.position = position;
        this.limit = settings.maxWatchers();
        this.limitOfTenant = limit - limit / SHARE_OF_OTHERS;
        Gauge.builder("ember.watchers", number, AtomicInteger::get)
                .description("Requests that wait for a change")
                .register(meters);
        rejected = Counter.builder("ember.watchers.rejected")
                .description("Requests that were rejected because too many wait for a change")
                .register(meters);
    }

    void start(@Observes StartupEvent start) {
        executor.scheduleWithFixedDelay(this::run, INTERVAL_MILLISECONDS, INTERVAL_MILLISECONDS, TimeUnit.MILLISECONDS);
    }

    void drain(@Observes ShutdownDelayInitiatedEvent event) {
        endAll();
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        endAll();
        executor.shutdown();
        executor.awaitTermination(TERMINATION_TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }

    private static Thread createThread(Runnable work) {
        Thread thread = new Thread(work, "watchers");
        thread.setDaemon(true);
        return thread;
    }

    /** Ends all waits at once with the current states. Later requests do not wait. */
    private void endAll() {
        draining = true;
        watchers.forEach(Watcher::end);
        executor.execute(this::runWhileDraining);
    }

    /**
     * Adds a request that waits.
     *
     * @throws Unavailable if too many requests wait, of all tenants or of this one
     */
    void add(String tenant, Watcher watcher) {
        int ofTenant = numberByTenant.merge(tenant, 1, Integer::sum);
        if (number.incrementAndGet() > limit || ofTenant > limitOfTenant) {
            remove(tenant);
            rejected.increment();
            throw Unavailable.watchers();
        }
        watcher.response().whenComplete((response, failure) -> remove(tenant));
        watchers.add(watcher);
        if (draining) {
            watcher.end();
        }
    }

    private void remove(String tenant) {
        number.decrementAndGet();
        numberByTenant.computeIfPresent(tenant, (key, count) -> count == 1 ? null : count - 1);
    }

    /** Runs in quick succession, because the reads of all ending waits exceed the number of concurrent reads. */
    private void runWhileDraining() {
        run();
        if (!watchers.isEmpty()) {
            executor.schedule(this::runWhileDraining, DRAINING_INTERVAL_MILLISECONDS, TimeUnit.MILLISECONDS);
        }
    }

    private void run() {
        watchers.removeIf(Watcher::isDone);
        if (watchers.isEmpty()) {
            return;
        }
        try {
            if (position.hasChanged()) {
                watchers.forEach(Watcher::hint);
            }
        } catch (RuntimeException | OutOfMemoryError e) {
            // The database is unavailable. The next interval tries again, and waits that end respond with their
            // failure.
        }
        watchers.stream()
                .filter(watcher -> watcher.isEnding() && watcher.isDue(MAX_AGE))
                .takeWhile(watcher -> reads.get() < CONCURRENT_READS)
                .forEach(this::read);
        readDue();
    }

    private void readDue() {
        int size = number.get();
        for (int seen = 0, begun = 0;
                seen < size && begun < READS_PER_INTERVAL && reads.get() < CONCURRENT_READS;
                seen++) {
            Watcher watcher = watchers.poll();
            if (watcher == null) {
                return;
            }
            watchers.add(watcher);
            if (watcher.isDue(MAX_AGE)) {
                read(watcher);
                begun++;
            }
        }
    }

    private void read(Watcher watcher) {
        reads.incrementAndGet();
        watcher.read(reads::decrementAndGet);
    }
}
