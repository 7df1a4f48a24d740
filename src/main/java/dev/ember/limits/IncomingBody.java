package dev.ember.limits;

import dev.ember.fault.Fault;
import dev.ember.fault.FaultAnswer;
import dev.ember.fault.RequestTimeout;
import dev.ember.fault.Unavailable;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.impl.RoutingContextInternal;
import java.time.Duration;

/** A body that is arriving, on the event loop of its connection. */
final class IncomingBody {

    private static final long UNKNOWN = -1;

    private final RoutingContext context;
    private final HttpServerRequest request;
    private final RequestMemory memory;
    private final FaultAnswer faults;
    private final long announced;
    private Buffer kept = Buffer.buffer();
    private long arrived;
    private long timer;
    private boolean over;

    IncomingBody(RoutingContext context, RequestMemory memory, FaultAnswer faults) {
        this.context = context;
        this.request = context.request();
        this.memory = memory;
        this.faults = faults;
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        this.announced = length == null ? UNKNOWN : Long.parseLong(length);
    }

    void read(Duration timeout) {
        timer = context.vertx().setTimer(timeout.toMillis(), late -> refuse(new RequestTimeout(timeout.toSeconds())));
        memory.use();
        context.addEndHandler(end -> {
            stop();
            memory.done();
        });
        if (announced != UNKNOWN && announced <= BodyLimits.MAX_BYTES) {
            if (!memory.tryAcquire(BodyLimits.COPIES * announced)) {
                refuse(Unavailable.memory());
                return;
            }
            kept = Buffer.buffer((int) announced);
        }
        letTheClientContinue();
        request.handler(part -> {
            try {
                add(part);
            } catch (OutOfMemoryError e) {
                refuse(Unavailable.memory());
            }
        });
        request.endHandler(end -> passOn());
        request.resume();
    }

    /** What follows need not know that the client waits, for it no longer does. */
    private void letTheClientContinue() {
        if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
            request.headers().remove(HttpHeaders.EXPECT);
            if (request.version() == HttpVersion.HTTP_1_1) {
                context.response().writeContinue();
            }
        }
    }

    private void add(Buffer part) {
        if (over) {
            return;
        }
        arrived += part.length();
        if (arrived > BodyLimits.MAX_BYTES) {
            kept = Buffer.buffer(); // It is rejected once its path is known.
        } else if (announced == UNKNOWN && !memory.tryAcquire((long) BodyLimits.COPIES * part.length())) {
            refuse(Unavailable.memory());
            return;
        } else {
            kept.appendBuffer(part);
        }
        if (arrived > BodyLimits.MAX_BYTES_DISCARDED) {
            passOn();
        }
    }

    private void passOn() {
        if (!over) {
            stop();
            if (arrived > BodyLimits.MAX_BYTES) {
                BodyLimits.markTooLarge(context);
            }
            ((RoutingContextInternal) context).setBody(kept);
            context.next();
        }
    }

    private void refuse(Fault fault) {
        if (!over) {
            stop();
            faults.end(context, fault);
        }
    }

    private void stop() {
        over = true;
        context.vertx().cancelTimer(timer);
    }
}
