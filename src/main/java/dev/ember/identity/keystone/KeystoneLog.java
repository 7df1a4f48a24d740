package dev.ember.identity.keystone;

import java.util.Objects;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * Logs when Keystone begins to fail, when the reason changes, and when it works again; not each failure, and at most
 * one line a second.
 */
final class KeystoneLog {

    private static final Logger LOG = Logger.getLogger(KeystoneLog.class);
    private static final long SECOND = 1_000_000_000;

    private final String address;
    private final LongSupplier clock;
    private long nextLine;

    /** The reason that was logged last, or null after a success. */
    private volatile String logged;

    /** @param clock the present in nanoseconds */
    KeystoneLog(String address, LongSupplier clock) {
        this.address = address;
        this.clock = clock;
        this.nextLine = clock.getAsLong();
    }

    /** @param failure why Keystone said nothing of a token, or anything else when it did */
    void report(Throwable failure) {
        String reason = failure instanceof KeystoneFailure ? failure.getMessage() : null;
        if (!Objects.equals(reason, logged)) {
            change(reason);
        }
    }

    private synchronized void change(String reason) {
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
