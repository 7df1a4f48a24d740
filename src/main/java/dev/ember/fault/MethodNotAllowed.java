package dev.ember.fault;

import java.util.Map;
import java.util.Set;

/** The path does not support the method of the request. */
public final class MethodNotAllowed extends Fault {

    private static final long serialVersionUID = 1L;

    private final String allowed;

    /** @param allowed the methods that the path supports */
    public MethodNotAllowed(Set<String> allowed) {
        this(String.join(", ", allowed));
    }

    private MethodNotAllowed(String allowed) {
        super(FaultStatus.METHOD_NOT_ALLOWED, "HTTPMethodNotAllowed", "This path supports only " + allowed);
        this.allowed = allowed;
    }

    /** @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-15.5.6">RFC 9110, section 15.5.6</a> */
    @Override
    public Map<String, String> headers() {
        return Map.of("Allow", allowed);
    }
}
