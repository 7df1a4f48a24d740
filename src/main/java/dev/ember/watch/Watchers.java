package dev.ember.watch;

import dev.ember.fault.Unavailable;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.Startup;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor.DiscardPolicy;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * The clients that wait for a change. A waiting client holds memory only: no thread, connection or permit.
 *
 * <p>One thread reads the {@link ChangeFeed} while any client waits, and tells the clients what has changed. Another
 * thread lets the clients check their time.
 */
@Startup
@ApplicationScoped
class Watchers {

    private static final Logger LOG = Logger.getLogger(Watchers.class);

    private static final int INTERVAL_MILLISECONDS = 100;

    /** How long the feed continues after the last client has left. A client often waits again soon. */
    private static final Duration LINGER = Duration.ofSeconds(30);

    /** The fraction of waiting clients that one tenant cannot have is 1 / SHARE_OF_OTHERS. */
    private static final int SHARE_OF_OTHERS = 8;

    /**
     * The part of the heap in bytes for each waiting client. A client uses about a third of it. The rest is for
     * requests, and for garbage.
     */
    private static final int HEAP_OF_CLIENT = 32 * 1024;

    private static final int THREADS = 2;
    private static final int TERMINATION_TIMEOUT_SECONDS = 2;

    private final ChangeFeed feed;
    private final int limit;
    private final int limitOfTenant;
    private final Counter rejected;
    private final AtomicInteger number = new AtomicInteger();
    private final ConcurrentMap<String, Integer> numberByTenant = new ConcurrentHashMap<>();
    private final Set<Waiting> all = ConcurrentHashMap.newKeySet();
    private final ConcurrentMap<Topic, Set<Waiting>> byTopic = new ConcurrentHashMap<>();
    private final ScheduledThreadPoolExecutor executor =
            new ScheduledThreadPoolExecutor(THREADS, Watchers::createThread, new DiscardPolicy());
    private volatile boolean draining;
    private volatile boolean feedIsComplete;
    private volatile long lastUse = System.nanoTime() - LINGER.toNanos();

    Watchers(ChangeFeed feed, WatchSettings settings, MeterRegistry meters) {
        this.feed = feed;
        this.limit = (int) Math.min(settings.maxWatchers(), Runtime.getRuntime().maxMemory() / HEAP_OF_CLIENT);
        this.limitOfTenant = limit - limit / SHARE_OF_OTHERS;
        Gauge.builder("ember.watchers", number, AtomicInteger::get)
                .description("Clients that wait for a change")
                .register(meters);
        rejected = Counter.builder("ember.watchers.rejected")
                .description("Clients that were rejected because too many wait for a change")
                .register(meters);
    }

    /** Distributes what the feed tells. */
    private final class Distribution implements ChangeFeed.Listener {

        @Override
        public void complete() {
            feedIsComplete = true;
            all.forEach(Waiting::feedComplete);
        }

        @Override
        public void changed(DeploymentChange change) {
            for (Topic topic : change.topics()) {
                byTopic.getOrDefault(topic, Set.of()).forEach(waiting -> waiting.changed(change));
            }
        }

        @Override
        public void interrupted() {
            feedIsComplete = false;
            all.forEach(Waiting::feedInterrupted);
        }
    }

    void start(@Observes StartupEvent start) {
        ChangeFeed.Listener distribution = new Distribution();
        repeat(() -> poll(distribution));
        repeat(() -> tell(waiting -> waiting.tick(System.nanoTime())));
    }

    /** Repeats work until the shutdown. A failure, such as an exhausted heap, does not end the repetition. */
    private void repeat(Runnable work) {
        executor.scheduleWithFixedDelay(
                () -> {
                    try {
                        work.run();
                    } catch (RuntimeException | OutOfMemoryError e) {
                        LOG.warnf(
                                "Waiting clients may be told late: %s",
                                e.getClass().getName());
                    }
                },
                INTERVAL_MILLISECONDS,
                INTERVAL_MILLISECONDS,
                TimeUnit.MILLISECONDS);
    }

    /** Ends all waits at once with the current states. Later requests do not wait. */
    void drain(@Observes ShutdownDelayInitiatedEvent event) {
        draining = true;
        tell(Waiting::drain);
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        draining = true;
        tell(Waiting::drain);
        executor.shutdown();
        executor.awaitTermination(TERMINATION_TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }

    private static Thread createThread(Runnable work) {
        Thread thread = new Thread(work, "watchers");
        thread.setDaemon(true);
        return thread;
    }

    private void tell(Consumer<Waiting> message) {
        all.forEach(message);
    }

    private void poll(ChangeFeed.Listener distribution) {
        long now = System.nanoTime();
        if (!all.isEmpty()) {
            lastUse = now;
        }
        if (now - lastUse < LINGER.toNanos()) {
            feed.poll(distribution);
        } else {
            feedIsComplete = false;
            feed.end();
        }
    }

    /**
     * Adds a client.
     *
     * @param topic the changes that it waits for
     * @throws Unavailable if too many clients wait, of all tenants or of this one
     */
    void add(String tenant, Topic topic, Waiting waiting) {
        int ofTenant = numberByTenant.merge(tenant, 1, Integer::sum);
        if (number.incrementAndGet() > limit || ofTenant > limitOfTenant) {
            decrement(tenant);
            rejected.increment();
            throw Unavailable.watchers();
        }
        byTopic.compute(topic, (key, waitings) -> {
            Set<Waiting> added = waitings == null ? ConcurrentHashMap.newKeySet(1) : waitings;
            added.add(waiting);
            return added;
        });
        all.add(waiting);
        lastUse = System.nanoTime();
        if (feedIsComplete) {
            waiting.feedComplete();
        }
        if (draining) {
            waiting.drain();
        }
    }

    /** Removes a client. Further calls do nothing. */
    void remove(String tenant, Topic topic, Waiting waiting) {
        if (all.remove(waiting)) {
            byTopic.computeIfPresent(topic, (key, waitings) -> {
                waitings.remove(waiting);
                return waitings.isEmpty() ? null : waitings;
            });
            decrement(tenant);
        }
    }

    private void decrement(String tenant) {
        number.decrementAndGet();
        numberByTenant.computeIfPresent(tenant, (key, count) -> count == 1 ? null : count - 1);
    }
}
