package dev.ember.paging;

import dev.ember.fault.InvalidData;
import dev.ember.fault.InvalidQuery;
import dev.ember.text.CanonicalUuid;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The part of a list that a request selects.
 *
 * @param <K> the type of the ids of items
 * @param limit the maximum number of items
 * @param marker the id of the item before the first result, or null to start at the beginning
 */
public record Page<K>(int limit, K marker) {

    private static final Pattern INTEGER = Pattern.compile("0|[1-9][0-9]*");
    private static final Pattern NEGATIVE_INTEGER = Pattern.compile("-[1-9][0-9]*");
    private static final int MAX_DIGITS = 10;

    /**
     * Reads {@code limit} and {@code marker}. Without a limit, the page is the whole list, as in Heat.
     *
     * @throws InvalidQuery when the limit is not an integer from 0 to 2^31 - 1
     * @throws InvalidData when the marker is not a UUID
     */
    public static Page<UUID> of(Query query) {
        return of(query, CanonicalUuid::parse);
    }

    /**
     * Reads {@code limit} and {@code marker} as {@link #of(Query)} does, of a list whose ids are not UUIDs.
     *
     * @param idOf parses an id; empty when no item can have the id
     */
    public static <K> Page<K> of(Query query, Function<String, Optional<K>> idOf) {
        int limit = query.parameter("limit").map(Page::limit).orElse(Integer.MAX_VALUE);
        K marker = query.parameter("marker")
                .map(text -> idOf.apply(text).orElseThrow(Page::unknownMarker))
                .orElse(null);
        return new Page<>(limit, marker);
    }

    /**
     * Validates that the marker exists, before the list is read.
     *
     * @param find finds an item by id
     * @return this page; fails with {@link InvalidData} when the caller sees no item with the id
     */
    public CompletionStage<Page<K>> checked(Function<K, CompletionStage<? extends Optional<?>>> find) {
        return marker == null
                ? CompletableFuture.completedStage(this)
                : find.apply(marker).thenApply(found -> {
                    found.orElseThrow(Page::unknownMarker);
                    return this;
                });
    }

    private static InvalidData unknownMarker() {
        return new InvalidData(List.of("marker must be the id of an item of the list; no item has this id"));
    }

    private static int limit(String text) {
        if (NEGATIVE_INTEGER.matcher(text).matches()) {
            throw InvalidQuery.because(
                    "Value '" + text + "' is invalid for 'limit' which only accepts non-negative integer.");
        }
        if (!INTEGER.matcher(text).matches()) {
            throw InvalidQuery.because("Only integer is acceptable by 'limit'.");
        }
        if (text.length() > MAX_DIGITS || Long.parseLong(text) > Integer.MAX_VALUE) {
            throw InvalidQuery.because("limit must be at most " + Integer.MAX_VALUE);
        }
        return Integer.parseInt(text);
    }
}
