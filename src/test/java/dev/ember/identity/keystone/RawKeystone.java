package dev.ember.identity.keystone;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A Keystone on a plain socket. It issues a service token, accepts every token and closes connections as configured.
 */
final class RawKeystone implements AutoCloseable {

    /** When the server closes a connection. No response announces it. */
    enum Closing {
        NEVER,
        AFTER_EACH_RESPONSE,
        AFTER_A_PAUSE,
        BY_RESET,
        IN_EVERY_SECOND_RESPONSE,
        BEFORE_THE_RESPONSE
    }

    private static final String BODY =
            """
            {"token": {"user": {"id": "u"}, "project": {"id": "p"}, "roles": [{"name": "member"}], "expires_at": "%s"}}""";

    private final ServerSocket socket = new ServerSocket(0, 256, InetAddress.getLoopbackAddress());
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger requests = new AtomicInteger();
    private final Lock cpu = new ReentrantLock(true);
    private final Closing closing;
    private volatile long milliseconds;

    /** @param milliseconds how long each request uses the only CPU */
    RawKeystone(Closing closing, long milliseconds) throws IOException {
        this.closing = closing;
        this.milliseconds = milliseconds;
        threads.execute(this::accept);
    }

    String url() {
        return "http://127.0.0.1:" + socket.getLocalPort() + "/v3";
    }

    /** From now on, accepts requests and does not respond. */
    void hang() {
        milliseconds = TimeUnit.HOURS.toMillis(1);
    }

    int requests() {
        return requests.get();
    }

    @Override
    public void close() throws IOException {
        socket.close();
        threads.shutdownNow();
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                threads.execute(() -> serve(connection));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            InputStream in = new BufferedInputStream(connection.getInputStream());
            for (String head = head(in); head != null && respond(connection, in, head); head = head(in)) {}
        } catch (IOException | InterruptedException e) {
            // The client has disconnected, or the test has ended.
        }
    }

    /** Responds, and returns whether the connection stays open. */
    private boolean respond(Socket connection, InputStream in, String head) throws IOException, InterruptedException {
        int number = requests.incrementAndGet();
        boolean issue = head.startsWith("POST");
        if (issue) {
            in.readNBytes(Integer.parseInt(head.replaceFirst("(?is).*content-length: (\\d+).*", "$1")));
        }
        if (closing == Closing.BEFORE_THE_RESPONSE) {
            return false;
        }
        work();
        byte[] response = response(issue).getBytes(StandardCharsets.UTF_8);
        boolean cut = closing == Closing.IN_EVERY_SECOND_RESPONSE && number % 2 == 0;
        connection.getOutputStream().write(response, 0, cut ? response.length - 10 : response.length);
        connection.setSoLinger(closing == Closing.BY_RESET, 0);
        if (closing == Closing.AFTER_A_PAUSE || closing == Closing.BY_RESET) {
            TimeUnit.MILLISECONDS.sleep(2);
        }
        return closing == Closing.NEVER || closing == Closing.IN_EVERY_SECOND_RESPONSE && !cut;
    }

    private void work() throws InterruptedException {
        cpu.lock();
        try {
            TimeUnit.MILLISECONDS.sleep(milliseconds);
        } finally {
            cpu.unlock();
        }
    }

    private static String response(boolean issue) {
        String body = BODY.formatted(Instant.now().plusSeconds(3_600));
        return "HTTP/1.1 " + (issue ? "201 Created\r\nX-Subject-Token: service-token" : "200 OK")
                + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    /** Returns the request line and the headers, or null at the end of the connection. */
    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                return null;
            }
            head.append((char) next);
        }
        return head.toString();
    }
}
