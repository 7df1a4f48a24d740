package dev.ember.identity.provider;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.function.Supplier;

/** Repeats the first request to the identity provider until it succeeds, with longer and longer pauses. */
public final class RetryUntilSuccess {

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration MAX_PAUSE = Duration.ofSeconds(15);

    private RetryUntilSuccess() {}

    /** Makes the first attempt now, and the others later without a thread of their own. */
    public static void start(Vertx vertx, Supplier<Future<?>> attempt) {
        attempt(vertx, attempt, FIRST_PAUSE);
    }

    private static void attempt(Vertx vertx, Supplier<Future<?>> attempt, Duration pause) {
        Duration doubled = pause.multipliedBy(2);
        Duration next = doubled.compareTo(MAX_PAUSE) < 0 ? doubled : MAX_PAUSE;
        attempt.get().onFailure(e -> vertx.setTimer(pause.toMillis(), again -> attempt(vertx, attempt, next)));
    }
}
