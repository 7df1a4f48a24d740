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

/** A body that is being received, on the event loop of its connection. */
final class IncomingBody {

    /**
     * How much of a large body is discarded before the response, for clients that read only after they have written.
     */
    private static final int MAX_BYTES_DISCARDED = 16 * BodySize.MAX_BYTES;

    /** The memory for each byte of a body: the body, its JSON, its row and the response. */
    private static final int COPIES = 6;

    private static final long UNKNOWN = -1;

    private final RoutingContext context;
    private final HttpServerRequest request;
    private final RequestMemory memory;
    private final FaultWriter faults;
    private final long announced;
    private Buffer received = Buffer.buffer();
    private long arrived;
    private long timer;
    private boolean stopped;

    IncomingBody(RoutingContext context, RequestMemory memory, FaultWriter faults) {
        this.context = context;
        this.request = context.request();
        this.memory = memory;
        this.faults = faults;
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        this.announced = length == null ? UNKNOWN : Long.parseLong(length);
    }

    void read(Duration timeout) {
        timer = context.vertx().setTimer(timeout.toMillis(), late -> reject(new RequestTimeout(timeout.toSeconds())));
        memory.use();
        context.addEndHandler(end -> {
            stop();
            memory.done();
        });
        if (announced != UNKNOWN && announced <= BodySize.MAX_BYTES) {
            if (!memory.tryAcquire(COPIES * announced)) {
                reject(Unavailable.memory());
                return;
            }
            received = Buffer.buffer((int) announced);
        }
        sendContinue();
        request.handler(part -> {
            try {
                add(part);
            } catch (OutOfMemoryError e) {
                reject(Unavailable.memory());
            }
        });
        request.endHandler(end -> passOn());
        request.resume();
    }

    /** The stations that follow need not know that the client waited. */
    private void sendContinue() {
        if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
            request.headers().remove(HttpHeaders.EXPECT);
            if (request.version() == HttpVersion.HTTP_1_1) {
                context.response().writeContinue();
            }
        }
    }

    private void add(Buffer part) {
        if (stopped) {
            return;
        }
        arrived += part.length();
        if (arrived > BodySize.MAX_BYTES) {
            received = Buffer.buffer(); // It is rejected once its path is known.
        } else if (announced == UNKNOWN && !memory.tryAcquire((long) COPIES * part.length())) {
            reject(Unavailable.memory());
            return;
        } else {
            received.appendBuffer(part);
        }
        if (arrived > MAX_BYTES_DISCARDED) {
            passOn();
        }
    }

    private void passOn() {
        if (!stopped) {
            stop();
            if (arrived > BodySize.MAX_BYTES) {
                BodySize.markExceeded(context);
            }
            ((RoutingContextInternal) context).setBody(received);
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
