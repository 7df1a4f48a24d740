package dev.ember.pipeline.framing;

import dev.ember.fault.Fault;
import dev.ember.fault.InvalidHead;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;

/**
 * The rules for the target of a request. It is a path with an optional query, or an absolute URI (RFC 9112, section
 * 3.2).
 */
final class RequestTarget {

    private static final String INVALID =
            "The request target is not a URI; percent-encode characters that a URI cannot have (RFC 3986)";
    private static final String PATH_PUNCTUATION = "-._~!$&'()*+,;=:@/%";
    private static final String QUERY_PUNCTUATION = PATH_PUNCTUATION + "?[]";

    private static final List<String> SCHEMES = List.of("http://", "https://");

    private RequestTarget() {}

    /** The fault of a request with an invalid target, or null. */
    static Fault findFault(HttpServerRequest request) {
        String target = request.uri();
        int path = 0;
        if (!target.startsWith("/")) {
            int authority = findAuthorityStart(target);
            if (authority < 0) {
                return InvalidHead.malformed("The request target must be a path or an http URI");
            }
            path = findAuthorityEnd(target, authority);
            if (path == authority) {
                return InvalidHead.malformed("The request target names no host");
            }
            if (!target.substring(authority, path).equalsIgnoreCase(request.getHeader("Host"))) {
                return InvalidHead.malformed("The request target and the Host header name different hosts");
            }
        }
        if (target.startsWith("//")) {
            return InvalidHead.malformed("The request target begins with two slashes, which may be read as a host");
        }
        return isPathAndQuery(target, path) ? null : InvalidHead.malformed(INVALID);
    }

    private static int findAuthorityStart(String target) {
        for (String scheme : SCHEMES) {
            if (target.regionMatches(true, 0, scheme, 0, scheme.length())) {
                return scheme.length();
            }
        }
        return -1;
    }

    private static int findAuthorityEnd(String target, int from) {
        int end = from;
        while (end < target.length() && target.charAt(end) != '/' && target.charAt(end) != '?') {
            end++;
        }
        return end;
    }

    private static boolean isPathAndQuery(String target, int from) {
        String punctuation = PATH_PUNCTUATION;
        for (int i = from; i < target.length(); i++) {
            char character = target.charAt(i);
            if (character == '?') {
                punctuation = QUERY_PUNCTUATION;
            } else if (character == '%'
                    ? !isHex(target, i + 1) || !isHex(target, i + 2)
                    : !isAllowed(character, punctuation)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isAllowed(char character, String punctuation) {
        return character >= 'a' && character <= 'z'
                || character >= 'A' && character <= 'Z'
                || character >= '0' && character <= '9'
                || punctuation.indexOf(character) >= 0;
    }

    private static boolean isHex(String target, int index) {
        return index < target.length() && target.charAt(index) < 0x80 && Character.digit(target.charAt(index), 16) >= 0;
    }
}
