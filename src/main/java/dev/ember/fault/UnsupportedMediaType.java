package dev.ember.fault;

import java.util.Map;

/** The body has a Content-Type other than JSON or plain text, or a Content-Encoding. */
public final class UnsupportedMediaType extends Fault {

    private static final long serialVersionUID = 1L;

    private final boolean encoded;

    public UnsupportedMediaType() {
        this("Content-Type must be application/json (text/plain or no Content-Type is also read as JSON)", false);
    }

    private UnsupportedMediaType(String message, boolean encoded) {
        super(FaultStatus.UNSUPPORTED_MEDIA_TYPE, "HTTPUnsupportedMediaType", message);
        this.encoded = encoded;
    }

    /** The body is compressed or has another Content-Encoding. */
    public static UnsupportedMediaType contentEncoding() {
        return new UnsupportedMediaType("Content-Encoding is not supported; send the body uncompressed", true);
    }

    /** Accept-Encoding distinguishes the two reasons for a 415 (RFC 9110, section 15.5.16). */
    @Override
    public Map<String, String> headers() {
        return encoded ? Map.of("Accept-Encoding", "identity") : Map.of();
    }
}
