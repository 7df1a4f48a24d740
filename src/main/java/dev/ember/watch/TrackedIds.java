package dev.ember.watch;

import dev.ember.limits.RequestMemory;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** A set of ids whose memory counts as that of a request. */
final class TrackedIds {

    /** The memory of an id in bytes, with its entry in the set. */
    private static final int BYTES = 96;

    /** The number of ids for which memory is acquired at once. The first ones need none. */
    private static final int STEP = 256;

    private final RequestMemory memory;
    private final Set<UUID> ids = new LinkedHashSet<>();
    private int steps = 1;

    TrackedIds(RequestMemory memory) {
        this.memory = memory;
    }

    boolean isEmpty() {
        return ids.isEmpty();
    }

    /** Adds ids. Returns false if there is not enough memory. */
    boolean addAll(Collection<UUID> added) {
        ids.addAll(added);
        while (ids.size() > steps * STEP) {
            if (!memory.tryAcquire(STEP * BYTES)) {
                return false;
            }
            steps++;
        }
        return true;
    }

    boolean remove(UUID id) {
        return ids.remove(id);
    }

    /** Removes and returns the ids that were added first. */
    List<UUID> take(int number) {
        List<UUID> taken = new ArrayList<>();
        Iterator<UUID> first = ids.iterator();
        while (taken.size() < number && first.hasNext()) {
            taken.add(first.next());
            first.remove();
        }
        while (steps > 1 && ids.size() <= (steps - 1) * STEP) {
            memory.release(STEP * BYTES);
            steps--;
        }
        return taken;
    }
}
