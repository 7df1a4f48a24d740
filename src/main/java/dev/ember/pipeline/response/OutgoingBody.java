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
 * Sends a response body in slices. Each slice is written after the client has received the previous one. A response
 * therefore uses little memory outside of the heap. A client that takes too long is disconnected.
 */
public final class OutgoingBody {

    private static final Logger LOG = Logger.getLogger(OutgoingBody.class);

    /** The most bytes that are written to the connection at a time. */
    private static final int SLICE_BYTES = 64 * 1024;

    private static final int NO_TIMER = -1;

    private final RoutingContext context;
    private final HttpServerResponse response;
    private final RequestMemory memory;
    private final Duration timeout;
    private StreamedBody stream;
    private byte[] piece;
    private int sentOfPiece;
    private long timer = NO_TIMER;

    OutgoingBody(RoutingContext context, RequestMemory memory, Duration timeout) {
        this.context = context;
        this.response = context.response();
        this.memory = memory;
        this.timeout = timeout;
    }

    /** Sends a body. The request already holds memory for it, unless the body is small. */
    void send(byte[] body) {
        memory.use();
        if (body.length <= SLICE_BYTES) {
            sendAtOnce(body);
            return;
        }
        response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length));
        piece = body;
        continueSending();
    }

    /** Sends a body piece by piece. Each piece is generated after the client has received the previous one. */
    void send(StreamedBody body) {
        memory.use();
        response.setChunked(true);
        stream = body;
        piece = body.first();
        continueSending();
    }

    /**
     * A body that the client does not receive at once counts against the memory budget until the client receives it.
     */
    private void sendAtOnce(byte[] body) {
        Future<Void> written = response.end(Buffer.buffer(body));
        if (!written.isComplete() && memory.tryAcquire(body.length)) {
            startTimer();
        } else if (!written.isComplete()) {
            disconnect(context);
        }
        written.onComplete(this::end);
    }

    private void continueSending() {
        try {
            writeSlices();
        } catch (RuntimeException | OutOfMemoryError e) {
            if (!response.headWritten()) {
                throw e;
            }
            fail(e);
        }
    }

    private void writeSlices() {
        while (sentOfPiece < piece.length) {
            int size = Math.min(SLICE_BYTES, piece.length - sentOfPiece);
            Future<Void> written = response.write(Buffer.buffer(size).appendBytes(piece, sentOfPiece, size));
            sentOfPiece += size;
            if (!written.isComplete() || written.failed()) {
                startTimer();
                written.onComplete(this::next);
                return;
            }
        }
        stopTimer();
        if (stream == null) {
            response.end().onComplete(this::end);
        } else {
            stream.next().whenComplete(this::next);
        }
    }

    private void next(AsyncResult<Void> written) {
        if (written.succeeded()) {
            continueSending();
        } else {
            end(written);
        }
    }

    private void next(byte[] nextPiece, Throwable failure) {
        if (failure != null) {
            fail(failure);
        } else if (nextPiece == null) {
            response.end().onComplete(this::end);
        } else {
            piece = nextPiece;
            sentOfPiece = 0;
            continueSending();
        }
    }

    /**
     * Aborts the response. If it has begun, the connection is closed, which shows the client that the response is
     * incomplete.
     */
    void fail(Throwable failure) {
        if (response.headWritten()) {
            LOG.warnf(
                    "A response was aborted before it was complete: %s",
                    failure.getClass().getName());
            disconnect(context);
        } else {
            response.headers().remove(HttpHeaders.CONTENT_LENGTH);
        }
        end(Future.failedFuture(failure));
    }

    private void end(AsyncResult<Void> written) {
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
     * Closes a connection at once. Vert.x would wait until the client has received all data, even if the whole channel
     * is closed. The first handler of the channel comes after that of Vert.x on the way to the socket, so closing there
     * skips the wait.
     */
    static void disconnect(RoutingContext context) {
        ((ConnectionBase) context.request().connection())
                .channel()
                .pipeline()
                .firstContext()
                .close();
    }
}
