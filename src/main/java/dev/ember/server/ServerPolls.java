package dev.ember.server;

import dev.ember.database.DatabaseFailure;
import dev.ember.server.PolledServers.Poll;
import dev.ember.tenant.JsonLookup.Key;
import dev.ember.text.StorableText;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor.DiscardPolicy;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Records when agents poll the metadata of their servers.
 *
 * <ul>
 *   <li>A poll only changes a map in memory. Another thread stores the last poll of each server at regular intervals.
 *   <li>The map is bounded. When it is half full, it is stored earlier. When it is full, further polls are not
 *       recorded.
 *   <li>Polls that cannot be stored remain in the map until the database is available again.
 * </ul>
 */
@ApplicationScoped
public class ServerPolls {

    private static final Logger LOG = Logger.getLogger(ServerPolls.class);

    /** The maximum number of servers whose polls wait to be stored. They use about 4 MB. */
    static final int CAPACITY = 16_384;

    /** The maximum number of servers in one statement. */
    private static final int BATCH_SIZE = 2_000;

    private static final int INTERVAL_SECONDS = 10;
    private static final int TERMINATION_TIMEOUT_SECONDS = 2;

    private final PolledServers servers;
    private final Event<DatabaseFailure> failures;
    private final Counter dropped;
    private final ConcurrentMap<Key, Instant> polls = new ConcurrentHashMap<>();
    private final ScheduledThreadPoolExecutor executor =
            new ScheduledThreadPoolExecutor(1, ServerPolls::createThread, new DiscardPolicy());
    private boolean failing;

    ServerPolls(PolledServers servers, Event<DatabaseFailure> failures, MeterRegistry meters) {
        this.servers = servers;
        this.failures = failures;
        this.dropped = Counter.builder("ember.server.polls.dropped")
                .description("Polls of servers that were not recorded because too many wait to be stored")
                .register(meters);
    }

    void start(@Observes StartupEvent start) {
        executor.scheduleWithFixedDelay(this::store, INTERVAL_SECONDS, INTERVAL_SECONDS, TimeUnit.SECONDS);
    }

    /** Stores the polls that are left. */
    void stop(@Observes ShutdownEvent stop) throws InterruptedException {
        executor.execute(this::store);
        executor.shutdown();
        executor.awaitTermination(TERMINATION_TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }

    private static Thread createThread(Runnable work) {
        Thread thread = new Thread(work, "server-polls");
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Records that the metadata of a server were requested.
     *
     * @param server the caller's project, and the id of the server
     */
    public void polled(Key server) {
        int size = polls.size();
        if (size >= CAPACITY && !polls.containsKey(server)) {
            dropped.increment();
        } else if (StorableText.violationOf(server.id()) == null
                && polls.put(server, Instant.now()) == null
                && size == CAPACITY / 2) {
            executor.execute(this::store);
        }
    }

    private void store() {
        try {
            List<Poll> waiting = new ArrayList<>();
            polls.forEach((server, time) -> waiting.add(new Poll(server.project(), server.id(), time)));
            for (int start = 0; start < waiting.size(); start += BATCH_SIZE) {
                List<Poll> batch = waiting.subList(start, Math.min(waiting.size(), start + BATCH_SIZE));
                servers.store(batch);
                batch.forEach(poll -> polls.remove(new Key(poll.project(), poll.serverId()), poll.time()));
            }
            failing = false;
        } catch (RuntimeException | OutOfMemoryError e) {
            reportFailure(e);
        }
    }

    private void reportFailure(Throwable e) {
        if (!failing) {
            LOG.warn("Storing the polls of servers failed; it is retried");
        }
        failing = true;
        failures.fire(DatabaseFailure.of(e));
    }
}
