package dev.ember.fault;

/**
 * The HTTP statuses of faults, each with Heat's title and explanation. A status that Heat does not use has a title and
 * an explanation in the same style.
 */
public enum FaultStatus {
    BAD_REQUEST(400, "Bad Request", Explanations.NOT_UNDERSTOOD),
    FORBIDDEN(403, "Forbidden", "Access was denied to this resource."),
    NOT_FOUND(404, "Not Found", "The resource could not be found."),
    METHOD_NOT_ALLOWED(405, "Method Not Allowed", Explanations.NOT_UNDERSTOOD),
    REQUEST_TIMEOUT(408, "Request Timeout", "The request did not arrive in time."),
    CONFLICT(409, "Conflict", "There was a conflict when trying to complete your request."),
    PRECONDITION_FAILED(
            412, "Precondition Failed", "The stored resource does not meet the preconditions of the request."),
    REQUEST_ENTITY_TOO_LARGE(413, "Request Entity Too Large", "The request body is larger than the service accepts."),
    RESPONSE_TOO_LARGE(413, "Request Entity Too Large", "The response is larger than the service allows."),
    URI_TOO_LONG(414, "Request-URI Too Long", "The request line is longer than the service accepts."),
    UNSUPPORTED_MEDIA_TYPE(415, "Unsupported Media Type", "The service accepts only JSON bodies."),
    HEADERS_TOO_LARGE(
            431, "Request Header Fields Too Large", "The request headers are larger than the service accepts."),
    INTERNAL_SERVER_ERROR(
            500,
            "Internal Server Error",
            "The server has either erred or is incapable of performing the requested operation."),
    NOT_IMPLEMENTED(501, "Not Implemented", "The service does not support a feature that the request uses."),
    SERVICE_UNAVAILABLE(503, "Service Unavailable", "The service cannot process the request at the moment."),
    VERSION_NOT_SUPPORTED(505, "HTTP Version Not Supported", "The service does not support this version of HTTP.");

    private final int code;
    private final String title;
    private final String explanation;

    FaultStatus(int code, String title, String explanation) {
        this.code = code;
        this.title = title;
        this.explanation = explanation;
    }

    public int code() {
        return code;
    }

    public String title() {
        return title;
    }

    public String explanation() {
        return explanation;
    }

    private static final class Explanations {
        static final String NOT_UNDERSTOOD =
                "The server could not comply with the request since it is either malformed or otherwise incorrect.";
    }
}
