package dev.ember.database;

/** An item of a batch takes much memory. The batcher then runs each item of the batch alone. */
public final class BatchTooLarge extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public BatchTooLarge() {
        super("An item of the batch must run alone", null, false, false);
    }
}
