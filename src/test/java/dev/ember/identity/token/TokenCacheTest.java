package dev.ember.identity.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TokenCacheTest {

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
    private final TokenCache<String> cache = new TokenCache<>(8, now::get);

    @Test
    void returnsNothingForATokenThatIsNotCached() {
        assertNull(cache.get(token(1)));
    }

    @Test
    void returnsATokenUntilItExpires() {
        cache.put(token(1), "one", 10);
        now.addAndGet(9);
        assertEquals("one", cache.get(token(1)));
        now.addAndGet(1);
        assertNull(cache.get(token(1)));
    }

    @Test
    void doesNotCacheATokenWithoutALifetime() {
        cache.put(token(1), "one", 0);
        cache.put(token(2), "two", -1);
        assertNull(cache.get(token(1)));
        assertNull(cache.get(token(2)));
    }

    @Test
    void replacesTheEntryOfTheSameToken() {
        cache.put(token(1), "one", 10);
        cache.put(token(1), "uno", 20);
        assertEquals("uno", cache.get(token(1)));
    }

    @Test
    void evictsTheEntryThatExpiresFirst() {
        IntStream.range(0, 8).forEach(i -> cache.put(token(i), "token " + i, i == 5 ? 50 : 100));
        cache.put(token(8), "token 8", 100);

        assertNull(cache.get(token(5)));
        assertEquals(
                8L,
                IntStream.range(0, 9).filter(i -> cache.get(token(i)) != null).count());
    }

    private static TokenDigest token(int number) {
        return TokenDigest.of("token-" + number);
    }
}
