package dev.ember.fault;

/**
 * The head of a request violates HTTP, or the framing of its body is invalid or ambiguous. It is then unknown where the
 * next request on the connection begins, so the service closes the connection after the response.
 */
public final class InvalidHead extends Fault {

    private static final long serialVersionUID = 1L;

    private InvalidHead(FaultStatus status, String type, String message) {
        super(status, type, message);
    }

    /** @param message the rule that the request violates */
    public static InvalidHead malformed(String message) {
        return new InvalidHead(FaultStatus.BAD_REQUEST, "HTTPBadRequest", message);
    }

    /** @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-15.5.15">RFC 9110, section 15.5.15</a> */
    public static InvalidHead targetTooLong() {
        return new InvalidHead(
                FaultStatus.URI_TOO_LONG, "HTTPRequestURITooLong", "The request line may have at most 16384 bytes");
    }

    /** @see <a href="https://www.rfc-editor.org/rfc/rfc6585#section-5">RFC 6585, section 5</a> */
    public static InvalidHead headersTooLarge() {
        return new InvalidHead(
                FaultStatus.HEADERS_TOO_LARGE,
                "HTTPRequestHeaderFieldsTooLarge",
                "The request headers may have at most 20480 bytes in total");
    }

    /** @see <a href="https://www.rfc-editor.org/rfc/rfc9112#section-6.1">RFC 9112, section 6.1</a> */
    public static InvalidHead transferCoding() {
        return new InvalidHead(
                FaultStatus.NOT_IMPLEMENTED, "HTTPNotImplemented", "The only supported Transfer-Encoding is chunked");
    }

    /** @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-15.6.6">RFC 9110, section 15.6.6</a> */
    public static InvalidHead version() {
        return new InvalidHead(
                FaultStatus.VERSION_NOT_SUPPORTED,
                "HTTPVersionNotSupported",
                "The supported versions of HTTP are HTTP/1.1 and HTTP/1.0");
    }

    @Override
    public boolean closesConnection() {
        return true;
    }
}
