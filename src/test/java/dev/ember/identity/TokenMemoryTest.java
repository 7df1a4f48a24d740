package dev.ember.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TokenMemoryTest {

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
    private final TokenMemory<String> memory = new TokenMemory<>(8, now::get);

    @Test
    void knowsNothingOfATokenThatWasNotKept() {
        assertNull(memory.recall(token(1)));
    }

    @Test
    void recallsUntilTheTimeIsOver() {
        memory.keep(token(1), "one", 10);
        now.addAndGet(9);
        assertEquals("one", memory.recall(token(1)));
        now.addAndGet(1);
        assertNull(memory.recall(token(1)));
    }

    @Test
    void keepsNothingForNoTime() {
        memory.keep(token(1), "one", 0);
        memory.keep(token(2), "two", -1);
        assertNull(memory.recall(token(1)));
        assertNull(memory.recall(token(2)));
    }

    @Test
    void replacesWhatItRemembersOfTheSameToken() {
        memory.keep(token(1), "one", 10);
        memory.keep(token(1), "uno", 20);
        assertEquals("uno", memory.recall(token(1)));
    }

    @Test
    void forgetsFirstWhatItWouldForgetFirstAnyway() {
        IntStream.range(0, 8).forEach(i -> memory.keep(token(i), "token " + i, i == 5 ? 50 : 100));
        memory.keep(token(8), "token 8", 100);

        assertNull(memory.recall(token(5)));
        assertEquals(
                8L,
                IntStream.range(0, 9)
                        .filter(i -> memory.recall(token(i)) != null)
                        .count());
    }

    private static TokenDigest token(int number) {
        return TokenDigest.of("token-" + number);
    }
}
