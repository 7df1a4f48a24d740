package dev.ember.identity.jwt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ember.identity.IdentityFailure;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class IssuerKeysTest {

    private static final long SECOND = 1_000_000_000;

    private final List<Promise<String>> fetches = new ArrayList<>();
    private long now = Long.MAX_VALUE - 5 * SECOND;
    private final IssuerKeys<String> keys = new IssuerKeys<>(this::fetch, () -> now);

    private Future<String> fetch() {
        fetches.add(Promise.promise());
        return fetches.get(fetches.size() - 1).future();
    }

    @Test
    void fetchesOnceForConcurrentCallers() {
        Future<String> first = keys.get();
        Future<String> second = keys.get();
        fetches.get(0).complete("a");

        assertEquals("a", first.result());
        assertEquals("a", second.result());
        assertEquals("a", keys.get().result());
        assertEquals(1, fetches.size());
    }

    @Test
    void pausesForASecondAfterAFailure() {
        Future<String> first = keys.get();
        fetches.get(0).fail(new IdentityFailure("gone"));
        assertEquals("gone", first.cause().getMessage());
        assertEquals("gone", keys.get().cause().getMessage());
        assertEquals(1, fetches.size());
        assertFalse(keys.wereFetched());

        now += SECOND;
        Future<String> second = keys.get();
        fetches.get(1).complete("a");
        assertEquals("a", second.result());
        assertTrue(keys.wereFetched());
    }

    @Test
    void fetchesNewerKeysAtMostOnceIn30Seconds() {
        keys.get();
        fetches.get(0).complete("a");
        now += 30 * SECOND - 1;
        assertEquals("a", keys.newerThan("a").result());
        assertEquals(1, fetches.size());

        now++;
        Future<String> first = keys.newerThan("a");
        Future<String> second = keys.newerThan("a");
        assertFalse(first.isComplete());
        fetches.get(1).complete("b");
        assertEquals("b", first.result());
        assertEquals("b", second.result());
        assertEquals("b", keys.newerThan("a").result());
        assertEquals("b", keys.newerThan("b").result());
        assertEquals(2, fetches.size());
    }

    @Test
    void servesOnWithItsKeysWhileTheIssuerIsAway() {
        keys.get();
        fetches.get(0).complete("a");
        for (int failures = 1; failures <= 3; failures++) {
            now += 30 * SECOND;
            Future<String> newer = keys.newerThan("a");
            fetches.get(failures).fail(new IdentityFailure("gone"));
            assertEquals("a", newer.result());
            assertEquals("a", keys.newerThan("a").result());
            assertEquals("a", keys.get().result());
            assertEquals(failures + 1, fetches.size());
        }
        now += 30 * SECOND;
        keys.newerThan("a");
        fetches.get(4).complete("b");
        assertEquals("b", keys.get().result());
    }

    @Test
    void refreshesUnlessAFetchIsInFlight() {
        keys.get();
        keys.refresh();
        assertEquals(1, fetches.size());
        fetches.get(0).complete("a");
        keys.refresh();
        assertEquals("a", keys.get().result());
        fetches.get(1).complete("b");
        assertEquals("b", keys.get().result());
    }
}
