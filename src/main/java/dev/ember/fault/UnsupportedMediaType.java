package dev.ember.fault;

/** The body comes with a Content-Type other than JSON or plain text. */
public final class UnsupportedMediaType extends Fault {

    private static final long serialVersionUID = 1L;

    public UnsupportedMediaType() {
        super(
                FaultStatus.UNSUPPORTED_MEDIA_TYPE,
                "HTTPUnsupportedMediaType",
                "Content-Type must be application/json (text/plain, or none, is read as JSON too)");
    }
}
