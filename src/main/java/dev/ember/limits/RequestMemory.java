package dev.ember.limits;

import dev.ember.fault.ResponseTooLarge;
import dev.ember.fault.Unavailable;

/**
 * The part of the memory budget that one request holds. It counts its users: the request, its operation, and the
 * response that is being sent. All memory is released when the last user is done. A client that disconnects early
 * therefore does not release memory that the service still uses.
 */
public final class RequestMemory {

    private final MemoryBudget budget;
    private long held;
    private int users;

    RequestMemory(MemoryBudget budget) {
        this.budget = budget;
    }

    /**
     * Acquires memory for data whose size the client cannot know, such as a row.
     *
     * @param bytes the additional amount
     * @throws ResponseTooLarge if the amount exceeds the limit of a single request
     * @throws Unavailable if the budget has too little left at the moment
     */
    public void acquire(long bytes) {
        if (bytes > budget.largest()) {
            throw new ResponseTooLarge(bytes, budget.largest());
        }
        if (!tryAcquire(bytes)) {
            throw Unavailable.memory();
        }
    }

    /** Acquires memory as {@link #acquire} does. Returns false if the budget has too little left at the moment. */
    public synchronized boolean tryAcquire(long bytes) {
        if (!budget.resize(held, held + bytes)) {
            return false;
        }
        held += bytes;
        return true;
    }

    /** Releases a part of the memory before the request ends. */
    public synchronized void release(long bytes) {
        budget.resize(held, held - bytes);
        held -= bytes;
    }

    /** Registers a user of the memory, until it calls {@link #done}. */
    public synchronized void use() {
        users++;
    }

    /** Removes a user. The last one releases all memory of the request. */
    public synchronized void done() {
        users--;
        if (users == 0) {
            budget.resize(held, 0);
            held = 0;
        }
    }
}
