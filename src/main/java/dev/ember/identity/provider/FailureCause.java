package dev.ember.identity.provider;

import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import io.vertx.core.http.HttpClosedException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import javax.net.ssl.SSLException;

/**
 * The causes of failed connections to the identity provider, with their descriptions. The first one that matches an
 * exception in the chain of causes applies.
 */
enum FailureCause {
    UNKNOWN_CA(isA(CertPathBuilderException.class), "its certificate is from an unknown certificate authority"),
    EXPIRED(isA(CertificateExpiredException.class), "its certificate has expired"),
    NOT_YET_VALID(isA(CertificateNotYetValidException.class), "its certificate is not yet valid"),
    OTHER_HOST(FailureCause::isOtherHost, "its certificate does not match its host name"),
    OTHER_CERTIFICATE(isA(CertificateException.class), "its certificate is invalid"),
    PLAIN_HTTP(
            isA(NotSslRecordException.class), "its port does not speak TLS; its address may have to begin with http:"),
    HANDSHAKE_TIMEOUT(isA(SslHandshakeTimeoutException.class), "the TLS handshake takes too long"),
    TLS(isA(SSLException.class), "the TLS handshake fails; check the protocol versions and ciphers that it accepts"),
    UNKNOWN_HOST(isA(UnknownHostException.class), "its host name cannot be resolved"),
    CONNECT_TIMEOUT(isA(ConnectTimeoutException.class), "it does not accept connections in time"),
    NOT_CONNECTED(isA(ConnectException.class), "it refuses connections"),
    CLOSED(isA(HttpClosedException.class), "it closes connections before its response is complete");

    private final Predicate<Throwable> test;
    private final String text;

    FailureCause(Predicate<Throwable> test, String text) {
        this.test = test;
        this.text = text;
    }

    /** Describes for the operator why a connection failed. */
    static String describe(Throwable failure) {
        List<Throwable> chain = chain(failure);
        for (FailureCause cause : values()) {
            if (chain.stream().anyMatch(cause.test)) {
                return cause.text;
            }
        }
        return failure.getClass().getSimpleName() + ", " + failure.getMessage();
    }

    private static List<Throwable> chain(Throwable failure) {
        List<Throwable> chain = new ArrayList<>();
        for (Throwable e = failure; e != null && !chain.contains(e); e = e.getCause()) {
            chain.add(e);
        }
        return chain;
    }

    private static Predicate<Throwable> isA(Class<? extends Throwable> type) {
        return type::isInstance;
    }

    /** Tests the message, because Java has no specific exception for this case. */
    private static boolean isOtherHost(Throwable e) {
        return e instanceof CertificateException
                && e.getMessage() != null
                && (e.getMessage().startsWith("No subject alternative")
                        || e.getMessage().startsWith("No name matching"));
    }
}
