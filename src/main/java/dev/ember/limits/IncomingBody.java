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

    private final RoutingContext context;
    private final HttpServerRequest request;
    private final BodyMemory memory;
    private final FaultAnswer faults;
    private final Buffer kept = Buffer.buffer();
    private long arrived;
    private long timer;
    private boolean over;

    IncomingBody(RoutingContext context, BodyMemory memory, FaultAnswer faults) {
        this.context = context;
        this.request = context.request();
        this.memory = memory;
        this.faults = faults;
    }

    void read(Duration timeout) {
        letTheClientContinue();
        timer = context.vertx().setTimer(timeout.toMillis(), late -> refuse(new RequestTimeout(timeout.toSeconds())));
        context.addEndHandler(end -> {
            stop();
            memory.giveBack(kept.length());
        });
        request.handler(this::add);
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
        int bytes = Math.min(part.length(), BodyLimits.MAX_BYTES + 1 - kept.length());
        if (!memory.take(bytes)) {
            refuse(Unavailable.bodies());
            return;
        }
        kept.appendBuffer(part, 0, bytes);
        if (arrived > BodyLimits.MAX_BYTES_DISCARDED) {
            passOn();
        }
    }

    private void passOn() {
        if (!over) {
            stop();
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
