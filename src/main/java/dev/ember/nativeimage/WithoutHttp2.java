package dev.ember.nativeimage;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.http.impl.HttpClientConnection;
import io.vertx.core.http.impl.HttpClientStream;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.future.PromiseInternal;
import io.vertx.core.net.impl.SslChannelProvider;

/**
 * Removes HTTP/2. The server does not use it because of {@code quarkus.http.http2=false}, and neither does the Keystone
 * client.
 */
final class WithoutHttp2 {

    private WithoutHttp2() {}

    @TargetClass(className = "io.vertx.core.http.impl.HttpServerWorker")
    static final class Server {

        @Substitute
        private void configureHttp2(ChannelPipeline pipeline) {
            pipeline.close();
        }

        @Substitute
        private void configureHttp1OrH2CUpgradeHandler(ChannelPipeline pipeline, SslChannelProvider provider) {
            pipeline.close();
        }
    }

    @TargetClass(className = "io.vertx.core.http.impl.HttpChannelConnector")
    static final class Client {

        @Substitute
        private void http2Connected(
                ContextInternal context,
                Object metric,
                Channel channel,
                PromiseInternal<HttpClientConnection> promise) {
            channel.close();
            promise.tryFail("The server responds in HTTP/2, which is not supported");
        }
    }

    @TargetClass(className = "io.vertx.core.http.impl.Http2UpgradeClientConnection")
    static final class ClientUpgrade {

        @Substitute
        public void createStream(ContextInternal context, Handler<AsyncResult<HttpClientStream>> handler) {
            handler.handle(Future.failedFuture("HTTP/2 is not supported"));
        }
    }
}
