package dev.ember.pipeline.framing;

import dev.ember.fault.Fault;
import dev.ember.fault.InvalidHead;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.AsciiString;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.impl.HttpServerRequestInternal;
import java.util.List;

/**
 * The rules for the head of a request. Netty's decoder checks most of them. This class checks the others. It rejects a
 * request if a proxy in front of the service could interpret it differently.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9112">RFC 9112, HTTP/1.1</a>
 */
final class RequestHead {

    private static final String CHUNKED = "chunked";
    private static final String MALFORMED = "The request line or a header is malformed";

    private RequestHead() {}

    /** The fault of a request with an invalid head, or null. */
    static Fault findFault(HttpServerRequest request) {
        if (request.decoderResult().isFailure()) {
            return decoderFault(request.decoderResult().cause());
        }
        if (request.version() == null) {
            return InvalidHead.version();
        }
        HttpHeaders headers = (HttpHeaders) request.headers();
        if (headers.contains(HttpHeaderNames.TRANSFER_ENCODING)) {
            Fault coding = findTransferEncodingFault(headers.getAll(HttpHeaderNames.TRANSFER_ENCODING));
            if (coding != null) {
                return coding;
            }
        }
        if (hasInvalidHost(request)) {
            return InvalidHead.malformed("The Host header is missing or malformed");
        }
        Fault fault = findNameFault(headers);
        return fault == null ? RequestTarget.findFault(request) : fault;
    }

    private static Fault decoderFault(Throwable cause) {
        if (cause instanceof TooLongHttpLineException) {
            return InvalidHead.targetTooLong();
        }
        if (cause instanceof TooLongHttpHeaderException) {
            return InvalidHead.headersTooLarge();
        }
        return InvalidHead.malformed(MALFORMED);
    }

    /** Compares the value without trimming it, because a proxy may read an untrimmed value as a different coding. */
    private static Fault findTransferEncodingFault(List<String> codings) {
        if (!codings.stream().allMatch(CHUNKED::equalsIgnoreCase)) {
            return InvalidHead.transferCoding();
        }
        return codings.size() == 1
                ? null
                : InvalidHead.malformed("The request has more than one Transfer-Encoding header");
    }

    /** Vert.x checks the Host header of HTTP/1.1 only. HTTP/1.0 does not require one. */
    private static boolean hasInvalidHost(HttpServerRequest request) {
        return request.version() == HttpVersion.HTTP_1_0
                && request.headers().contains(HttpHeaderNames.HOST)
                && !((HttpServerRequestInternal) request).isValidAuthority();
    }

    /** Checks the names in one pass, which allocates only an iterator. */
    private static Fault findNameFault(HttpHeaders headers) {
        int hosts = 0;
        for (var all = headers.iteratorCharSequence(); all.hasNext(); ) {
            CharSequence name = all.next().getKey();
            if (name.length() == 0) {
                return InvalidHead.malformed(MALFORMED);
            }
            if (AsciiString.contentEqualsIgnoreCase(name, HttpHeaderNames.HOST)) {
                hosts++;
            }
        }
        return hosts > 1 ? InvalidHead.malformed("The request has more than one Host header") : null;
    }
}
