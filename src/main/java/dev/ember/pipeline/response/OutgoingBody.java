package dev.ember.pipeline.response;

import dev.ember.limits.RequestMemory;
import dev.ember.limits.StreamedBody;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * A response body that is being sent. The next slice is given to the connection when the client has taken the one
 * before, so that a response takes little memory outside of the heap. A client that takes too long is disconnected.
 */
public final class OutgoingBody {

    private static final Logger LOG = Logger.getLogger(OutgoingBody.class);

    /** The most that the connection is given at a time, in bytes. */
    private static final int SLICE = 64 * 1024;

    private static final int NO_TIMER = -1;

    private final RoutingContext context;
    private final HttpServerResponse response;
    private final RequestMemory memory;
    private final Duration timeout;
    private StreamedBody source;
    private byte[] piece;
    private int sent;
    private long timer = NO_TIMER;

    OutgoingBody(RoutingContext context, RequestMemory memory, Duration timeout) {
        this.context = context;
        this.response = context.response();
        this.memory = memory;
        this.timeout = timeout;
    }

    /** Sends a body whose memory the request holds, unless it is small. */
    void send(byte[] body) {
        memory.use();
        if (body.length <= SLICE) {
            sendAtOnce(body);
            return;
        }
        response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length));
        piece = body;
        pump();
    }

    /** Sends a body piece by piece, each when the client has taken the one before. */
    void send(StreamedBody body) {
        memory.use();
        response.setChunked(true);
        source = body;
        piece = body.first();
        pump();
    }

    /** What the client does not take at once counts against the budget until it does. */
    private void sendAtOnce(byte[] body) {
        Future<Void> taken = response.end(Buffer.buffer(body));
        if (!taken.isComplete() && memory.tryAcquire(body.length)) {
            startTimer();
        } else if (!taken.isComplete()) {
            disconnect(context);
        }
        taken.onComplete(this::end);
    }

    private void pump() {
        try {
            writeUntilTheClientIsBusy();
        } catch (RuntimeException | OutOfMemoryError e) {
            if (!response.headWritten()) {
                throw e;
            }
            fail(e);
        }
    }

    private void writeUntilTheClientIsBusy() {
        while (sent < piece.length) {
            int size = Math.min(SLICE, piece.length - sent);
            Future<Void> taken = response.write(Buffer.buffer(size).appendBytes(piece, sent, size));
            sent += size;
            if (!taken.isComplete() || taken.failed()) {
                startTimer();
                taken.onComplete(this::next);
                return;
            }
        }
        stopTimer();
        if (source == null) {
            response.end().onComplete(this::end);
        } else {
            source.next().whenComplete(this::next);
        }
    }

    private void next(AsyncResult<Void> taken) {
        if (taken.succeeded()) {
            pump();
        } else {
            end(taken);
        }
    }

    private void next(byte[] nextPiece, Throwable failure) {
        if (failure != null) {
            fail(failure);
        } else if (nextPiece == null) {
            response.end().onComplete(this::end);
        } else {
            piece = nextPiece;
            sent = 0;
            pump();
        }
    }

    /** A response that has begun ends with its connection, which tells the client that it is not whole. */
    void fail(Throwable failure) {
        if (response.headWritten()) {
            LOG.warnf(
                    "A response broke off before its end: %s",
                    failure.getClass().getName());
            disconnect(context);
        } else {
            response.headers().remove(HttpHeaders.CONTENT_LENGTH);
        }
        end(Future.failedFuture(failure));
    }

    private void end(AsyncResult<Void> taken) {
        stopTimer();
        memory.done();
    }

    private void startTimer() {
        if (timer == NO_TIMER) {
            timer = context.vertx().setTimer(timeout.toMillis(), late -> disconnect(context));
        }
    }

    private void stopTimer() {
        if (timer != NO_TIMER) {
            context.vertx().cancelTimer(timer);
            timer = NO_TIMER;
        }
    }

    /**
     * Closes a connection at once. Vert.x waits until the client has taken what was sent, also when the channel is
     * closed as a whole; its first handler comes after that of Vert.x on the way to the socket.
     */
    static void disconnect(RoutingContext context) {
        ((ConnectionBase) context.request().connection())
                .channel()
                .pipeline()
                .firstContext()
                .close();
    }
}
