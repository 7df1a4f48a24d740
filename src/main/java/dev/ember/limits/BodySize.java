package dev.ember.limits;

import io.vertx.ext.web.RoutingContext;

/** The limit for the size of request bodies. */
public final class BodySize {

    /** The largest body that is read, in bytes: Heat's {@code max_json_body_size}. */
    public static final int MAX_BYTES = 1_048_576;

    private static final String EXCEEDED = BodySize.class.getName();

    private BodySize() {}

    /** Marks a request whose body exceeds the limit. It is rejected once its path is known. */
    public static void markExceeded(RoutingContext context) {
        context.put(EXCEEDED, true);
    }

    /** Whether the body of a request exceeds the limit. Nothing of such a body is stored. */
    public static boolean isExceeded(RoutingContext context) {
        return context.get(EXCEEDED) != null;
    }
}
