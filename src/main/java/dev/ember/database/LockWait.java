package dev.ember.database;

/** How long the statements of a batch may wait for locks of other transactions. */
public enum LockWait {
    /** So short that the other members of a batch do not notice. */
    SHORT,

    /** As long as the lock timeout of the connection. */
    LONG
}
