package dev.ember.pipeline;

import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerConnection;
import java.util.concurrent.TimeUnit;

/**
 * Closes a connection after the response to the current request. Everything that the client sends after that request is
 * discarded. Vert.x alone would still execute requests that it reads before the connection closes. The connection
 * closes in stages (RFC 9112, section 9.6). A client that is still sending would otherwise lose the response.
 */
public final class ConnectionEnd extends ChannelDuplexHandler {

    private static final String VERTX_HANDLER = "handler";
    private static final Handler<HttpServerRequest> DISCARD = request -> {};
    private static final int LINGER_SECONDS = 2;

    private static final long MAX_BYTES_DISCARDED = 16 * 1_048_576;

    private boolean closing;
    private long discarded;

    private ConnectionEnd() {}

    /** Closes the connection after the response. Call this before the response begins. */
    public static void after(HttpServerRequest request) {
        HttpServerConnection connection = (HttpServerConnection) request.connection();
        Channel channel = connection.channel();
        if (channel.eventLoop().inEventLoop()) {
            discard(connection, channel);
        } else {
            channel.eventLoop().execute(() -> discard(connection, channel));
        }
    }

    private static void discard(HttpServerConnection connection, Channel channel) {
        connection.handler(DISCARD).invalidRequestHandler(DISCARD);
        if (channel.pipeline().get(ConnectionEnd.class) == null
                && channel.pipeline().get(VERTX_HANDLER) != null) {
            channel.pipeline().addBefore(VERTX_HANDLER, null, new ConnectionEnd());
            channel.config().setAutoRead(true);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpContent content) {
            discarded += content.content().readableBytes();
        }
        ReferenceCountUtil.release(message);
        if (closing && discarded > MAX_BYTES_DISCARDED) {
            context.close();
        }
    }

    /** Sets the HTTP version of the service in the status line, regardless of the version of the request. */
    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (message instanceof HttpResponse response) {
            response.setProtocolVersion(HttpVersion.HTTP_1_1);
            response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        }
        if (message instanceof LastHttpContent) {
            ChannelPromise written = promise.unvoid();
            written.addListener(end -> context.channel().close());
            context.write(message, written);
        } else {
            context.write(message, promise);
        }
    }

    @Override
    public void close(ChannelHandlerContext context, ChannelPromise promise) {
        ChannelPromise closed = promise.unvoid();
        context.channel().closeFuture().addListener(end -> closed.trySuccess());
        if (closing) {
            return;
        }
        closing = true;
        context.flush();
        boolean encrypted = context.pipeline().get(SslHandler.class) != null;
        if (encrypted || !(context.channel() instanceof DuplexChannel channel)) {
            context.close();
            return;
        }
        channel.shutdownOutput();
        context.executor().schedule(() -> context.close(), LINGER_SECONDS, TimeUnit.SECONDS);
    }
}
