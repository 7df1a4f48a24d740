package dev.ember.paging;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ember.database.Transactions;
import dev.ember.limits.Admission;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayOutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestMulti;

/**
 * Writes lists of any length in constant memory: a chunk is read from the database when the client has taken the one
 * before. While a client is slow, it holds neither a thread nor a connection.
 *
 * <p>A member that is there all the while is in the response exactly once; one that comes or goes meanwhile may be.
 */
@ApplicationScoped
public class ListResponse {

    private static final Logger LOG = Logger.getLogger(ListResponse.class);

    /** The members that the database is asked for at first, of which nobody knows yet how large they are. */
    private static final int FIRST_MEMBERS = 16;

    /** The most members that the database is asked for at a time. */
    private static final int MEMBERS = 500;

    /** The size from which on a chunk is full, in bytes. */
    private static final int CHUNK = 64 * 1024;

    /** Few, and of its own, for each thread that made a chunk keeps a part of the heap; the others wait their turn. */
    private static final int THREADS = 3;

    private final ObjectMapper json;
    private final Admission admission;
    private final ExecutorService executor = Executors.newFixedThreadPool(THREADS);

    ListResponse(ObjectMapper json, Admission admission) {
        this.json = json;
        this.admission = admission;
    }

    @PreDestroy
    void close() {
        executor.shutdown();
    }

    /** Reads members in the order of the list. */
    @FunctionalInterface
    public interface Members<T> {

        /**
         * @param marker the member after which to begin, or null for the beginning
         * @param limit the most members that are needed
         */
        Stream<T> after(UUID marker, int limit);
    }

    /**
     * A response with the members of a page in an object of its own.
     *
     * @param name the key of the list in that object
     * @param id the id of a member as it is written
     */
    public <T> Multi<byte[]> of(String name, Page page, Members<T> members, Function<T, UUID> id) {
        Writing<T> writing = new Writing<>(name, page, members, id);
        Multi<byte[]> chunks = Multi.createBy()
                .repeating()
                .uni(() -> Uni.createFrom()
                        .item(() -> Transactions.get(writing::nextChunk))
                        .runSubscriptionOn(executor))
                .whilst(chunk -> !writing.ended)
                .onFailure()
                .invoke(() -> LOG.warn("A list broke off before its end"))
                .onCancellation()
                .invoke(admission.place()::free);
        return RestMulti.fromMultiData(chunks)
                .withDemand(1)
                .encodeAsJsonArray(false)
                .build();
    }

    private final class Writing<T> {

        private final String name;
        private final Members<T> members;
        private final Function<T, UUID> id;
        private UUID marker;
        private int left;
        private int fit = FIRST_MEMBERS;
        private boolean begun;
        private volatile boolean ended;

        Writing(String name, Page page, Members<T> members, Function<T, UUID> id) {
            this.name = name;
            this.marker = page.marker();
            this.left = page.limit();
            this.members = members;
            this.id = id;
        }

        /** Changes nothing when it fails, so that it may be repeated. */
        byte[] nextChunk() {
            ByteArrayOutputStream chunk = new ByteArrayOutputStream();
            boolean first = !begun;
            if (first) {
                chunk.writeBytes(("{\"" + name + "\":[").getBytes(StandardCharsets.UTF_8));
            }
            int asked = Math.min(left, fit);
            int read = 0;
            UUID last = marker;
            try (Stream<T> stream = asked == 0 ? Stream.empty() : members.after(marker, asked)) {
                for (Iterator<T> rest = stream.iterator(); chunk.size() < CHUNK && rest.hasNext(); read++) {
                    T member = rest.next();
                    if (!first || read > 0) {
                        chunk.write(',');
                    }
                    chunk.writeBytes(bytes(member));
                    last = id.apply(member);
                }
            }
            begun = true;
            marker = last;
            left -= read;
            fit = Math.max(1, Math.min(MEMBERS, read * CHUNK / Math.max(1, chunk.size())));
            if (left == 0 || read < asked && chunk.size() < CHUNK) {
                chunk.writeBytes("]}".getBytes(StandardCharsets.UTF_8));
                ended = true;
            }
            return chunk.toByteArray();
        }

        private byte[] bytes(T member) {
            try {
                return json.writeValueAsBytes(member);
            } catch (JsonProcessingException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
