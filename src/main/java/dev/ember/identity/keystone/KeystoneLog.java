package dev.ember.identity.keystone;

import java.util.Objects;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * Logs when Keystone begins to fail, when the reason changes, and when Keystone works again. It does not log each
 * failure, and it writes at most one line per second.
 */
final class KeystoneLog {

    private static final Logger LOG = Logger.getLogger(KeystoneLog.class);
    private static final long SECOND = 1_000_000_000;

    private final String address;
    private final LongSupplier clock;
    private long nextLine;

    /** The last logged reason, or null after a success. */
    private volatile String logged;

    /** @param clock the current time in nanoseconds */
    KeystoneLog(String address, LongSupplier clock) {
        this.address = address;
        this.clock = clock;
        this.nextLine = clock.getAsLong();
    }

    /** @param failure a {@link KeystoneFailure}, or anything else if Keystone validated or rejected a token */
    void report(Throwable failure) {
        String reason = failure instanceof KeystoneFailure ? failure.getMessage() : null;
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
            LOG.infof("Keystone at %s validates tokens again", address);
        } else {
            LOG.warnf("Keystone at %s cannot validate tokens: %s", address, reason);
        }
    }
}
