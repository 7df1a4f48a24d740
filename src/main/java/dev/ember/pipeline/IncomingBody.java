package dev.ember.pipeline;

import dev.ember.fault.Fault;
import dev.ember.fault.RequestTimeout;
import dev.ember.fault.Unavailable;
import dev.ember.limits.BodySize;
import dev.ember.limits.RequestMemory;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.impl.RoutingContextInternal;
import java.time.Duration;

/** Receives a request body on the event loop of its connection. */
final class IncomingBody {

    /**
     * The most bytes of a too large body that are discarded before the response. Some clients read the response only
     * after they have sent the whole body.
     */
    private static final int MAX_BYTES_DISCARDED = 16 * BodySize.MAX_BYTES;

    /** The memory in bytes per byte of a body: for the body, its JSON, its row and the response. */
    private static final int MEMORY_PER_BYTE = 6;

    private static final long UNKNOWN_LENGTH = -1;

    private final RoutingContext context;
    private final HttpServerRequest request;
    private final RequestMemory memory;
    private final FaultWriter faults;
    private final long contentLength;
    private Buffer body = Buffer.buffer();
    private long receivedBytes;
    private long timer;
    private boolean stopped;

    IncomingBody(RoutingContext context, RequestMemory memory, FaultWriter faults) {
        this.context = context;
        this.request = context.request();
        this.memory = memory;
        this.faults = faults;
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        this.contentLength = length == null ? UNKNOWN_LENGTH : Long.parseLong(length);
    }

    void read(Duration timeout) {
        timer = context.vertx().setTimer(timeout.toMillis(), late -> reject(new RequestTimeout(timeout.toSeconds())));
        memory.use();
        context.addEndHandler(end -> {
            stop();
            memory.done();
        });
        if (contentLength != UNKNOWN_LENGTH && contentLength <= BodySize.MAX_BYTES) {
            if (!memory.tryAcquire(MEMORY_PER_BYTE * contentLength)) {
                reject(Unavailable.memory());
                return;
            }
            body = Buffer.buffer((int) contentLength);
        }
        sendContinue();
        request.handler(part -> {
            try {
                append(part);
            } catch (OutOfMemoryError e) {
                reject(Unavailable.memory());
            }
        });
        request.endHandler(end -> complete());
        request.resume();
    }

    /** Removes the Expect header, which later stations do not need. */
    private void sendContinue() {
        if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
            request.headers().remove(HttpHeaders.EXPECT);
            if (request.version() == HttpVersion.HTTP_1_1) {
                context.response().writeContinue();
            }
        }
    }

    private void append(Buffer part) {
        if (stopped) {
            return;
        }
        receivedBytes += part.length();
        if (receivedBytes > BodySize.MAX_BYTES) {
            body = Buffer.buffer(); // The request is rejected once its path is known.
        } else if (contentLength == UNKNOWN_LENGTH && !memory.tryAcquire((long) MEMORY_PER_BYTE * part.length())) {
            reject(Unavailable.memory());
            return;
        } else {
            body.appendBuffer(part);
        }
        if (receivedBytes > MAX_BYTES_DISCARDED) {
            complete();
        }
    }

    private void complete() {
        if (!stopped) {
            stop();
            if (receivedBytes > BodySize.MAX_BYTES) {
                BodySize.markExceeded(context);
            }
            ((RoutingContextInternal) context).setBody(body);
            context.next();
        }
    }

    private void reject(Fault fault) {
        if (!stopped) {
            stop();
            faults.write(context, fault);
        }
    }

    private void stop() {
        stopped = true;
        context.vertx().cancelTimer(timer);
    }
}
