package dev.ember.limits;

import io.vertx.ext.web.RoutingContext;

/** The size limit of request bodies. */
public final class BodySize {

    /** The largest accepted body, in bytes: Heat's {@code max_json_body_size}. */
    public static final int MAX_BYTES = 1_048_576;

    private static final String EXCEEDED = BodySize.class.getName();

    private BodySize() {}

    /** Marks a request whose body exceeds the limit. The request is rejected once its path is known. */
    public static void markExceeded(RoutingContext context) {
        context.put(EXCEEDED, true);
    }

    /** Whether the body of a request exceeds the limit. Such a body is discarded. */
    public static boolean isExceeded(RoutingContext context) {
        return context.get(EXCEEDED) != null;
    }
}
