package dev.ember.database;

/** An item of a batch needs too much memory to share a batch. The batcher then runs each item separately. */
public final class BatchTooLarge extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public BatchTooLarge() {
        super("An item of the batch must run separately", null, false, false);
    }
}
