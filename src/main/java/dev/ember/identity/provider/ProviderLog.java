package dev.ember.identity.provider;

import dev.ember.identity.IdentityFailure;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * Logs when the identity provider begins to fail, when the reason changes, and when it works again. It does not log
 * each failure, and it writes at most one line per second.
 */
public final class ProviderLog {

    private static final Logger LOG = Logger.getLogger(ProviderLog.class);
    private static final long SECOND = 1_000_000_000;

    private final String failing;
    private final String working;
    private final LongSupplier clock;
    private long nextLine;

    /** The last logged reason, or null after a success. */
    private volatile String logged;

    /**
     * @param failing the sentence for a failure, to which the reason is added
     * @param working the sentence for the first success after a failure
     * @param clock the current time in nanoseconds
     */
    public ProviderLog(String failing, String working, LongSupplier clock) {
        this.failing = failing;
        this.working = working;
        this.clock = clock;
        this.nextLine = clock.getAsLong();
    }

    /** @param failure an {@link IdentityFailure}, or anything else if the provider works */
    public void report(Throwable failure) {
        String reason = failure instanceof IdentityFailure ? failure.getMessage() : null;
        if (!Objects.equals(reason, logged)) {
            logChange(reason);
        }
    }

    private synchronized void logChange(String reason) {
        long now = clock.getAsLong();
        if (Objects.equals(reason, logged) || now - nextLine < 0) {
            return;
        }
        nextLine = now + SECOND;
        logged = reason;
        if (reason == null) {
            LOG.info(working);
        } else {
            LOG.warnf("%s: %s", failing, reason);
        }
    }
}
