package dev.ember.database;

import dev.ember.fault.DatabaseFailure;
import dev.ember.fault.Unavailable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Lets requests that come at the same time share one exchange with the database, which costs both sides much less than
 * one exchange each. A request that comes alone does not wait: a group is what came while the one before it was under
 * way.
 *
 * <p>When the exchange of a group fails, it is repeated for each member alone, so that one member's fault never becomes
 * another's. When the reason would fail every statement, such as a database out of reach, all members fail at once. The
 * exchange of a group must therefore leave nothing behind when it fails.
 *
 * @param <Q> what a request asks
 * @param <A> what it gets
 */
public final class Grouping<Q, A> {

    /** Groups that may be with the database at the same time. */
    private static final int TURNS = 2;

    /**
     * How many must wait for a second group to be worth its exchange: few large ones cost less than many small ones.
     */
    static final int WORTH_ANOTHER = 16;

    /** How many may wait. A place costs little, and whoever waits at the end of so many waits for some 100 ms. */
    static final int PLACES = 1_024;

    private record Member<Q, A>(Q question, CompletableFuture<A> answer) {}

    private final int largest;
    private final Function<List<Q>, List<A>> exchange;
    private final BlockingQueue<Member<Q, A>> waiting = new ArrayBlockingQueue<>(PLACES);
    private final Semaphore turns = new Semaphore(TURNS);
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
                TURNS, TURNS, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>(), work -> new Thread(work, name));
        executor.allowCoreThreadTimeOut(true);
    }

    /**
     * Lets a request into the next group.
     *
     * @return what it gets, or the failure of its own question, on the thread of the group
     * @throws Unavailable when too many wait already
     */
    public CompletionStage<A> join(Q question) {
        Member<Q, A> member = new Member<>(question, new CompletableFuture<>());
        if (!waiting.offer(member)) {
            throw Unavailable.queue();
        }
        if (takeTurn()) {
            executor.execute(this::answerThoseWaiting);
        }
        return member.answer();
    }

    public void close() {
        executor.shutdown();
    }

    int waiting() {
        return waiting.size();
    }

    /** Whoever waits has a group under way to wait for, which takes them along when it is done. */
    private boolean takeTurn() {
        int number = waiting.size();
        boolean worthIt = number >= Math.min(WORTH_ANOTHER, largest) || number > 0 && turns.availablePermits() == TURNS;
        return worthIt && turns.tryAcquire();
    }

    private void answerThoseWaiting() {
        do {
            try {
                List<Member<Q, A>> group = new ArrayList<>();
                waiting.drainTo(group, largest);
                answer(group);
            } finally {
                turns.release();
            }
        } while (takeTurn());
    }

    private void answer(List<Member<Q, A>> group) {
        if (group.isEmpty()) {
            return;
        }
        List<A> answers;
        try {
            List<Q> questions = group.stream().map(Member::question).toList();
            answers = StaleStatements.retryOnce(() -> exchange.apply(questions));
        } catch (RuntimeException e) {
            if (group.size() == 1 || DatabaseFailure.of(e).concernsAllStatements()) {
                group.forEach(member -> member.answer().completeExceptionally(e));
            } else {
                group.forEach(member -> answer(List.of(member)));
            }
            return;
        } catch (Error e) {
            // An exhausted heap, for instance. Nobody else would tell those that wait.
            group.forEach(member -> member.answer().completeExceptionally(e));
            return;
        }
        for (int i = 0; i < group.size(); i++) {
            group.get(i).answer().complete(answers.get(i));
        }
    }
}
