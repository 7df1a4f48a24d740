package dev.ember.fault;

import java.util.Map;

/** Something that the service needs is out of reach, or there is too much to do; the same request may succeed later. */
public final class Unavailable extends Fault {

    private static final long serialVersionUID = 1L;

    private static final int RETRY_AFTER_SECONDS = 2;

    private Unavailable(String message) {
        super(FaultStatus.SERVICE_UNAVAILABLE, "HTTPServiceUnavailable", message);
    }

    /** The database has another version of the schema than the service works with. */
    public static Unavailable schema() {
        return new Unavailable("The database has another version of the schema than this service; try again later");
    }

    /** The database does not answer. */
    public static Unavailable database() {
        return new Unavailable("The database cannot be reached; try again later");
    }

    /** The database took too long, or other requests had locked what this one is about. */
    public static Unavailable busyDatabase() {
        return new Unavailable("The database is busy with other requests; try again later");
    }

    /** The database accepts no changes. */
    public static Unavailable readOnlyDatabase() {
        return new Unavailable("The database is read-only at the moment; try again later");
    }

    /** The database rejects the role of the service or a prepared statement. */
    public static Unavailable databaseUse() {
        return new Unavailable("The database cannot be used at the moment; try again later");
    }

    /** There are as many requests as the service works on at once. */
    public static Unavailable requests() {
        return new Unavailable("The service has more requests than it works on at once; try again later");
    }

    /** The memory budget of the service is used up. */
    public static Unavailable memory() {
        return new Unavailable("The service has no memory to spare for this request; try again later");
    }

    /** As many requests wait for the database as may. */
    public static Unavailable queue() {
        return new Unavailable("Too many requests wait for the database; try again later");
    }

    /** Keystone does not say whether the caller's token is valid. */
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
