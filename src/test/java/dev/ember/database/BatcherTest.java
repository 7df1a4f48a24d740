package dev.ember.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ember.fault.Unavailable;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class BatcherTest {

    private static final String ODD = "odd";
    private static final String GONE = "gone";
    private static final String READ_ONLY = "read-only";
    private static final String STALE = "stale";
    private static final String FATAL = "fatal";
    private static final String LOCKED = "locked";
    private static final int LARGEST = 50;

    private final CountDownLatch open = new CountDownLatch(1);
    private final CountDownLatch unlocked = new CountDownLatch(1);
    private final AtomicBoolean stale = new AtomicBoolean(true);
    private final List<List<String>> groups = new CopyOnWriteArrayList<>();
    private final Batcher<String, String> batcher = new Batcher<>("batcher-test", LARGEST, this::exchange);

    /** Answers when it may, unless a question is odd. */
    private List<String> exchange(List<String> questions, LockWait lockWait) {
        try {
            open.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        groups.add(questions);
        if (questions.contains(GONE)) {
            throw new IllegalStateException(new SQLException("", "08006"));
        }
        if (questions.contains(LOCKED) && lockWait == LockWait.SHORT) {
            throw new IllegalStateException(new SQLException("", "55P03"));
        }
        if (questions.contains(LOCKED)) {
            awaitUnlock();
        }
        if (questions.contains(READ_ONLY)) {
            throw new IllegalStateException(new SQLException("", "25006"));
        }
        if (questions.contains(STALE) && stale.getAndSet(false)) {
            throw new IllegalStateException(new SQLException("", "0A000"));
        }
        if (questions.contains(FATAL)) {
            throw new OutOfMemoryError();
        }
        if (questions.contains(ODD)) {
            throw new IllegalArgumentException(questions.toString());
        }
        return questions.stream().map(question -> question + "!").toList();
    }

    private void awaitUnlock() {
        try {
            unlocked.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @AfterEach
    void close() {
        open.countDown();
        unlocked.countDown();
        batcher.close();
    }

    private CompletableFuture<String> ask(String question) {
        return batcher.add(question).toCompletableFuture();
    }

    /** Has all groups that may be under way at the same time, so that what is asked now comes into one group. */
    private void occupy() throws InterruptedException {
        begin(1);
        begin(Batcher.SECOND_BATCH_SIZE);
    }

    /** Asks so many questions, with which a group is to begin. */
    private void begin(int number) throws InterruptedException {
        for (int i = 0; i < number; i++) {
            ask("early");
        }
        while (batcher.queueSize() > 0) {
            Thread.sleep(1);
        }
    }

    @Test
    void aSingleQuestionDoesNotWait() {
        open.countDown();
        assertEquals("a!", ask("a").join());
        assertEquals(List.of(List.of("a")), groups);
    }

    @Test
    void whatIsAskedMeanwhileIsOneGroup() throws InterruptedException {
        occupy();
        List<CompletableFuture<String>> answers = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            answers.add(ask("q" + i));
        }
        open.countDown();
        for (int i = 0; i < 50; i++) {
            assertEquals("q" + i + "!", answers.get(i).join());
        }
        assertTrue(groups.stream().anyMatch(group -> group.size() == 50), groups.toString());
    }

    @Test
    void fewWaitForTheGroupThatIsUnderWay() throws InterruptedException {
        begin(1);
        List<CompletableFuture<String>> answers = new ArrayList<>();
        for (int i = 1; i < Batcher.SECOND_BATCH_SIZE; i++) {
            answers.add(ask("q"));
        }
        assertEquals(answers.size(), batcher.queueSize());
        open.countDown();
        answers.forEach(CompletableFuture::join);
        assertEquals(List.of(1, answers.size()), groups.stream().map(List::size).toList());
    }

    @Test
    void aQuestionThatFailsFailsAlone() throws InterruptedException {
        occupy();
        CompletableFuture<String> before = ask("before");
        CompletableFuture<String> odd = ask(ODD);
        CompletableFuture<String> after = ask("after");
        open.countDown();
        assertEquals("before!", before.join());
        assertEquals("after!", after.join());
        CompletionException failure = assertThrows(CompletionException.class, odd::join);
        assertEquals("[odd]", failure.getCause().getMessage());
    }

    @Test
    void aStaleStatementIsRepeatedForTheWholeBatch() throws InterruptedException {
        occupy();
        CompletableFuture<String> one = ask("one");
        CompletableFuture<String> other = ask(STALE);
        open.countDown();
        assertEquals("one!", one.join());
        assertEquals("stale!", other.join());
        assertEquals(2, groups.stream().filter(List.of("one", STALE)::equals).count());
    }

    @ParameterizedTest
    @ValueSource(strings = {GONE, READ_ONLY})
    void aFailureOfTheDatabaseAsAWholeFailsTheBatchAtOnce(String reason) throws InterruptedException {
        occupy();
        CompletableFuture<String> one = ask("one");
        CompletableFuture<String> other = ask(reason);
        open.countDown();
        assertThrows(CompletionException.class, one::join);
        assertThrows(CompletionException.class, other::join);
        assertEquals(
                1,
                groups.stream()
                        .filter(group -> group.contains("one") || group.contains(reason))
                        .count());
    }

    @Test
    void anErrorIsAnAnswerToAll() throws InterruptedException {
        occupy();
        CompletableFuture<String> one = ask("one");
        CompletableFuture<String> other = ask(FATAL);
        open.countDown();
        for (CompletableFuture<String> answer : List.of(one, other)) {
            CompletionException failure = assertThrows(CompletionException.class, answer::join);
            assertEquals(OutOfMemoryError.class, failure.getCause().getClass());
        }
    }

    @Test
    void noGroupIsLargerThanItMay() throws InterruptedException {
        occupy();
        List<CompletableFuture<String>> answers = new ArrayList<>();
        for (int i = 0; i <= LARGEST; i++) {
            answers.add(ask("q" + i));
        }
        open.countDown();
        answers.forEach(CompletableFuture::join);
        assertTrue(groups.stream().allMatch(group -> group.size() <= LARGEST), groups.toString());
    }

    @Test
    void refusesOneMoreThanMayWait() throws InterruptedException {
        occupy();
        for (int i = 0; i < Batcher.QUEUE_CAPACITY; i++) {
            ask("q");
        }
        assertThrows(Unavailable.class, () -> ask("one more"));
    }

    @Test
    void onlyTheMemberThatNeedsALockWaitsForIt() throws InterruptedException {
        occupy();
        CompletableFuture<String> before = ask("before");
        CompletableFuture<String> locked = ask(LOCKED);
        CompletableFuture<String> after = ask("after");
        open.countDown();
        assertEquals("before!", before.join());
        assertEquals("after!", after.join());
        assertEquals("later!", ask("later").join());
        assertEquals(false, locked.isDone());
        unlocked.countDown();
        assertEquals("locked!", locked.join());
    }

    @Test
    void fewMembersWaitForLocksAtTheSameTime() throws InterruptedException {
        open.countDown();
        List<CompletableFuture<String>> waiting = new ArrayList<>();
        for (int i = 0; i < LARGEST; i++) {
            waiting.add(ask(LOCKED));
        }
        assertEquals("other!", ask("other").join());
        while (waiting.stream().filter(CompletableFuture::isDone).count() < LARGEST - Batcher.MAX_LOCK_WAITERS) {
            Thread.sleep(1);
        }
        unlocked.countDown();
        long responded = waiting.stream()
                .filter(result -> {
                    try {
                        return result.join().equals("locked!");
                    } catch (CompletionException e) {
                        assertEquals(Unavailable.class, e.getCause().getClass());
                        return false;
                    }
                })
                .count();
        assertEquals(Batcher.MAX_LOCK_WAITERS, responded);
    }
}
