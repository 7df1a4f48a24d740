package dev.ember.identity.token;

import com.sun.management.ThreadMXBean;
import dev.ember.identity.Principal;
import dev.ember.policy.Role;
import io.vertx.core.Future;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * Measures the time and memory that a request with a cached token needs for the lookup. Run by
 * {@code bench/token-cache}.
 */
final class TokensBenchmark {

    private static final int TOKENS = 1_024;
    private static final int LOOKUPS = 2_000_000;
    private static final int ROUNDS = 5;

    /** As long as a Fernet token of a project. */
    private static final int LENGTH = 183;

    private TokensBenchmark() {}

    public static void main(String... arguments) {
        Principal identity = new Principal("user", "project", Set.of(Role.MEMBER), false);
        CachedTokens tokens = new CachedTokens(
                token -> Future.succeededFuture(
                        new ValidToken(identity, Instant.now().plus(Duration.ofHours(1)))),
                Duration.ofHours(1),
                Clock.systemUTC());
        String[] known = new String[TOKENS];
        for (int i = 0; i < TOKENS; i++) {
            String number = Integer.toString(i);
            known[i] = "gAAAAA" + "x".repeat(LENGTH - 6 - number.length()) + number;
            tokens.validate(known[i]);
        }
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (int round = 1; round <= ROUNDS; round++) {
            long bytes = threads.getCurrentThreadAllocatedBytes();
            long start = System.nanoTime();
            int found = 0;
            for (int i = 0; i < LOOKUPS; i++) {
                if (tokens.findCached(known[i & (TOKENS - 1)]) == identity) {
                    found++;
                }
            }
            long nanoseconds = System.nanoTime() - start;
            bytes = threads.getCurrentThreadAllocatedBytes() - bytes;
            System.out.printf(
                    "round %d: %d ns and %d bytes each, %d of %d cached%n",
                    round, nanoseconds / LOOKUPS, bytes / LOOKUPS, found, LOOKUPS);
        }
    }
}
