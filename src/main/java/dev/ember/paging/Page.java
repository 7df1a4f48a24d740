package dev.ember.paging;

import dev.ember.database.Transactions;
import dev.ember.fault.InvalidData;
import dev.ember.fault.InvalidQuery;
import dev.ember.uuid.CanonicalUuid;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The part of a list that a request asks for.
 *
 * @param limit the most members that are returned
 * @param marker the id of the member after which the part begins, or null for the beginning
 */
public record Page(int limit, UUID marker) {

    private static final Pattern INTEGER = Pattern.compile("0|[1-9][0-9]*");
    private static final Pattern NEGATIVE_INTEGER = Pattern.compile("-[1-9][0-9]*");
    private static final int MAX_DIGITS = 10;

    /**
     * Reads {@code limit} and {@code marker}. Without a limit the whole list is meant, as in Heat.
     *
     * <p>The marker is looked for in a transaction of its own, which gives its connection back: a list that kept it
     * while it waits for another one would wait for those that do the same.
     *
     * @param isMember whether there is a member with an id that the caller sees
     * @throws InvalidQuery when the limit is no integer from 0 to 2^31 - 1
     * @throws InvalidData when no member has the id that the marker names
     */
    public static Page of(Query query, Predicate<UUID> isMember) {
        int limit = query.parameter("limit").map(Page::limit).orElse(Integer.MAX_VALUE);
        UUID marker = query.parameter("marker")
                .map(text -> CanonicalUuid.parse(text)
                        .filter(id -> Transactions.get(() -> isMember.test(id)))
                        .orElseThrow(() -> new InvalidData(List.of(
                                "marker must be the id of a member of the list, and there is none with this id"))))
                .orElse(null);
        return new Page(limit, marker);
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
