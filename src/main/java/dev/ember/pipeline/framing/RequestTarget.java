package dev.ember.pipeline.framing;

import dev.ember.fault.Fault;
import dev.ember.fault.InvalidHead;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;

/** The rules for the target of a request: a path and a query, or the same as a whole URI (RFC 9112, section 3.2). */
final class RequestTarget {

    private static final String INVALID =
            "The request target is not a URI; percent-encode characters that a URI cannot have (RFC 3986)";
    private static final String OTHER_CHARACTERS = "-._~!$&'()*+,;=:@/%";
    private static final String OTHER_CHARACTERS_OF_QUERIES = OTHER_CHARACTERS + "?[]";

    private static final List<String> SCHEMES = List.of("http://", "https://");

    private RequestTarget() {}

    /** The rule that the target of a request breaks, or null. */
    static Fault faultOf(HttpServerRequest request) {
        String target = request.uri();
        int path = 0;
        if (!target.startsWith("/")) {
            int authority = beginOfAuthority(target);
            if (authority < 0) {
                return InvalidHead.malformed("The request target must be a path or an http URI");
            }
            path = endOfAuthority(target, authority);
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

    private static int beginOfAuthority(String target) {
        for (String scheme : SCHEMES) {
            if (target.regionMatches(true, 0, scheme, 0, scheme.length())) {
                return scheme.length();
            }
        }
        return -1;
    }

    private static int endOfAuthority(String target, int from) {
        int end = from;
        while (end < target.length() && target.charAt(end) != '/' && target.charAt(end) != '?') {
            end++;
        }
        return end;
    }

    private static boolean isPathAndQuery(String target, int from) {
        String others = OTHER_CHARACTERS;
        for (int i = from; i < target.length(); i++) {
            char character = target.charAt(i);
            if (character == '?') {
                others = OTHER_CHARACTERS_OF_QUERIES;
            } else if (character == '%'
                    ? !isHex(target, i + 1) || !isHex(target, i + 2)
                    : !isPlain(character, others)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPlain(char character, String others) {
        return character >= 'a' && character <= 'z'
                || character >= 'A' && character <= 'Z'
                || character >= '0' && character <= '9'
                || others.indexOf(character) >= 0;
    }

    private static boolean isHex(String target, int place) {
        return place < target.length() && target.charAt(place) < 0x80 && Character.digit(target.charAt(place), 16) >= 0;
    }
}
