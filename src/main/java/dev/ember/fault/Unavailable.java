package dev.ember.fault;

import java.util.Map;

/** The service is overloaded, or something that it depends on is unavailable. The same request may succeed later. */
public final class Unavailable extends Fault {

    private static final long serialVersionUID = 1L;

    private static final int RETRY_AFTER_SECONDS = 2;

    private Unavailable(String message) {
        super(FaultStatus.SERVICE_UNAVAILABLE, "HTTPServiceUnavailable", message);
    }

    /** The service does not support the version of the database schema. */
    public static Unavailable schema() {
        return new Unavailable("The database schema has a version that this service does not support; try again later");
    }

    /** The database does not respond. */
    public static Unavailable database() {
        return new Unavailable("The database cannot be reached; try again later");
    }

    /** The database took too long, or other requests had locked the rows of this one. */
    public static Unavailable busyDatabase() {
        return new Unavailable("The database is busy with other requests; try again later");
    }

    /** The database is read-only. */
    public static Unavailable readOnlyDatabase() {
        return new Unavailable("The database is read-only at the moment; try again later");
    }

    /** The database rejects the role of the service or a prepared statement. */
    public static Unavailable databaseUse() {
        return new Unavailable("The database cannot be used at the moment; try again later");
    }

    /** The limit of in-flight requests is reached. */
    public static Unavailable requests() {
        return new Unavailable("The limit of concurrent requests is reached; try again later");
    }

    /** The limit of requests that wait for a change is reached. */
    public static Unavailable watchers() {
        return new Unavailable("Too many requests are waiting for a change; try again later");
    }

    /** The memory budget of the service is used up. */
    public static Unavailable memory() {
        return new Unavailable(
                "The service does not have enough memory for this request at the moment; try again later");
    }

    /** The queue of requests that wait for the database is full. */
    public static Unavailable queue() {
        return new Unavailable("Too many requests are waiting for the database; try again later");
    }

    /**
     * Keystone cannot be reached or returns no usable response, so it is unknown whether the caller's token is valid.
     */
    public static Unavailable identity() {
        return new Unavailable("The identity service cannot be reached to validate the token; try again later");
    }

    /** Keystone rejects the credentials of the service. */
    public static Unavailable credentials() {
        return new Unavailable("The service cannot authenticate with the identity service;"
                + " its operator must check its credentials");
    }

    @Override
    public Map<String, String> headers() {
        return retryAfter(RETRY_AFTER_SECONDS);
    }
}
