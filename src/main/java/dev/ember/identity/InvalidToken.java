package dev.ember.identity;

/**
 * The token is missing or invalid. It was never valid, has expired, was revoked, or has rules that this service does
 * not evaluate.
 */
public final class InvalidToken extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient String description;

    public InvalidToken() {
        this(null);
    }

    /**
     * @param description tells the caller why, in plain ASCII without quotation marks; contains nothing of the token
     */
    public InvalidToken(String description) {
        super("The token is invalid", null, false, false);
        this.description = description;
    }

    /** Why the token is invalid, or null if the caller is not told. */
    public String description() {
        return description;
    }
}
