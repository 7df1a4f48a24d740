package dev.ember.database;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;

/**
 * Looks up resources as JSON that PostgreSQL renders: one value comes for a fraction of what its parts cost on their
 * way. Concurrent requests share a query. A large resource is read by itself, after its size is known, so that the
 * caller can acquire memory for it first.
 */
public final class JsonLookup implements AutoCloseable {

    /** The largest JSON that is read before the caller knows its size, in bytes. */
    public static final int SMALL = 64 * 1024;

    private final SessionFactory sessions;
    private final String sql;
    private final Grouping<Key, Optional<Found>> small;
    private final Grouping<Sized, Optional<Found>> large;

    /**
     * A resource that a caller asks for.
     *
     * @param project the project that asks, which may not see the resource
     * @param id what the caller calls the resource
     */
    public record Key(String project, String id) {

        /** Whether anything can be stored under the id: PostgreSQL stores no U+0000. */
        private boolean canExist() {
            return id.indexOf(0) < 0;
        }
    }

    /**
     * A resource that was found.
     *
     * @param tag names the state that was read
     * @param size the bytes of the JSON, or an upper bound
     * @param json the JSON in UTF-8, or null when it has more bytes than were asked for
     */
    public record Found(String tag, long size, byte[] json) {}

    private record Sized(Key key, long largest) {}

    /**
     * @param name the name of the threads
     * @param sql a query with the parameters {@code text[]} of projects, {@code text[]} of ids, and {@code bigint} of
     *     the largest JSON to render. Its rows are the number of the project and id, from 1, the tag, the size, and the
     *     JSON or null
     * @param batch the most resources of a query
     */
    public JsonLookup(SessionFactory sessions, String name, String sql, int batch) {
        this.sessions = sessions;
        this.sql = sql;
        this.small = new Grouping<>(name, batch, keys -> read(keys, SMALL));
        this.large = new Grouping<>(
                name + "-large",
                1,
                one -> read(List.of(one.get(0).key()), one.get(0).largest()));
    }

    /** A resource, without its JSON when that is large; empty when the project does not see it. */
    public CompletionStage<Optional<Found>> find(Key key) {
        return key.canExist() ? small.join(key) : CompletableFuture.completedStage(Optional.empty());
    }

    /**
     * A resource by itself.
     *
     * @param largest the most bytes of JSON that are read
     */
    public CompletionStage<Optional<Found>> find(Key key, long largest) {
        return large.join(new Sized(key, largest));
    }

    @Override
    public void close() {
        small.close();
        large.close();
    }

    /** The driver and PostgreSQL exchange text in UTF-8, in which it goes on to the client as it came. */
    private List<Optional<Found>> read(List<Key> keys, long largest) {
        List<Optional<Found>> found = new ArrayList<>(Collections.nCopies(keys.size(), Optional.empty()));
        try (StatelessSession session = sessions.openStatelessSession()) {
            session.doWork(connection -> {
                try (PreparedStatement query = connection.prepareStatement(sql)) {
                    query.setArray(1, connection.createArrayOf("text", texts(keys, Key::project)));
                    query.setArray(2, connection.createArrayOf("text", texts(keys, Key::id)));
                    query.setLong(3, largest);
                    ResultSet rows = query.executeQuery();
                    while (rows.next()) {
                        found.set(
                                rows.getInt(1) - 1,
                                Optional.of(new Found(rows.getString(2), rows.getLong(3), rows.getBytes(4))));
                    }
                }
            });
        }
        return found;
    }

    private static Object[] texts(List<Key> keys, Function<Key, String> text) {
        return keys.stream().map(text).toArray();
    }
}
