package dev.ember.limits;

import dev.ember.fault.ResponseTooLarge;
import dev.ember.fault.Unavailable;

/**
 * The part of the memory budget that one request holds. It is given back as a whole, when nobody uses it any more: the
 * request has ended, its operation has returned, and the client has taken the response. So a client that leaves early
 * frees nothing that the service still works with.
 */
public final class RequestMemory {

    private final MemoryBudget budget;
    private long held;
    private int users;

    RequestMemory(MemoryBudget budget) {
        this.budget = budget;
    }

    /**
     * Acquires memory for something of which the client cannot know the size, such as a row.
     *
     * @param bytes how much more the request needs
     * @throws ResponseTooLarge when no request can hold as much
     * @throws Unavailable when the budget does not have as much at the moment
     */
    public void acquire(long bytes) {
        if (bytes > budget.largest()) {
            throw new ResponseTooLarge(bytes, budget.largest());
        }
        if (!tryAcquire(bytes)) {
            throw Unavailable.memory();
        }
    }

    /** Acquires memory as {@link #acquire} does; false when the budget does not have as much at the moment. */
    public synchronized boolean tryAcquire(long bytes) {
        if (!budget.resize(held, held + bytes)) {
            return false;
        }
        held += bytes;
        return true;
    }

    /** Gives a part back before the request ends. */
    public synchronized void release(long bytes) {
        budget.resize(held, held - bytes);
        held -= bytes;
    }

    /** Somebody uses what the request holds, until {@link #done}. */
    public synchronized void use() {
        users++;
    }

    public synchronized void done() {
        users--;
        if (users == 0) {
            budget.resize(held, 0);
            held = 0;
        }
    }
}
