package dev.ember.database;

/** How long the statements of a batch may wait for locks of other transactions. */
public enum LockWait {
    /** Short enough not to delay the other items of a batch noticeably. */
    SHORT,

    /** As long as the lock timeout of the connection. */
    LONG
}
