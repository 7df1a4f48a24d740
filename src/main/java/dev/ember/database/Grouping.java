package dev.ember.database;

import dev.ember.fault.DatabaseFailure;
import dev.ember.fault.Unavailable;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Lets requests that come at the same time share one exchange with the database, which costs both sides much less than
 * one exchange each. A request that comes alone does not wait: a group is what came while those before it were under
 * way.
 *
 * <p>When the exchange of a group fails, it is repeated for each member alone, so that one member's fault never becomes
 * another's; when the database is out of reach, that goes for all of them. The exchange of a group must therefore leave
 * nothing behind when it fails.
 *
 * @param <Q> what a request asks
 * @param <A> what it gets
 */
public final class Grouping<Q, A> {

    /** Two, so that one group comes together while the other is with the database. */
    private static final int THREADS = 2;

    /** How many may wait. A place costs little, and whoever waits at the end of so many waits for some 100 ms. */
    static final int PLACES = 1_024;

    private record Member<Q, A>(Q question, UniEmitter<? super A> asker) {}

    private final int largest;
    private final Function<List<Q>, List<A>> exchange;
    private final BlockingQueue<Member<Q, A>> waiting = new ArrayBlockingQueue<>(PLACES);
    private final ThreadPoolExecutor executor;

    /**
     * @param name what the threads are called
     * @param largest the most members of a group
     * @param exchange answers all members of a group, in their order
     */
    public Grouping(String name, int largest, Function<List<Q>, List<A>> exchange) {
        this.largest = largest;
        this.exchange = exchange;
        this.executor = new ThreadPoolExecutor(
                THREADS, THREADS, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>(), work -> new Thread(work, name));
        executor.allowCoreThreadTimeOut(true);
    }

    /**
     * Lets a request into the next group.
     *
     * @return what it gets, or the failure of its own question
     * @throws Unavailable when too many wait already
     */
    public Uni<A> join(Q question) {
        return Uni.createFrom().emitter(asker -> {
            if (!waiting.offer(new Member<>(question, asker))) {
                throw Unavailable.queue();
            }
            executor.execute(this::answerThoseWaiting);
        });
    }

    public void close() {
        executor.shutdown();
    }

    int waiting() {
        return waiting.size();
    }

    private void answerThoseWaiting() {
        List<Member<Q, A>> group = new ArrayList<>();
        if (waiting.drainTo(group, largest) > 0) {
            answer(group);
        }
    }

    private void answer(List<Member<Q, A>> group) {
        List<A> answers;
        try {
            answers = exchange.apply(group.stream().map(Member::question).toList());
        } catch (RuntimeException e) {
            if (group.size() == 1 || DatabaseFailure.isCauseOf(e) || DatabaseFailure.isBusy(e)) {
                group.forEach(member -> member.asker().fail(e));
            } else {
                group.forEach(member -> answer(List.of(member)));
            }
            return;
        } catch (Error e) {
            // No memory, say: whoever waits must be told, and there is no one else to do it.
            group.forEach(member -> member.asker().fail(new IllegalStateException(e)));
            return;
        }
        for (int i = 0; i < group.size(); i++) {
            group.get(i).asker().complete(answers.get(i));
        }
    }
}
