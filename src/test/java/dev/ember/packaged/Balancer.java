package dev.ember.packaged;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Forwards each new connection to the next ready replica, as a Kubernetes Service does. As in Kubernetes, it learns
 * with a delay that a replica is no longer ready.
 */
final class Balancer implements AutoCloseable {

    private static final long PROBE_PERIOD_MILLISECONDS = 200;

    private final List<PackagedService> replicas = new CopyOnWriteArrayList<>();
    private final ServerSocket server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger next = new AtomicInteger();
    private volatile List<PackagedService> ready = List.of();

    Balancer() throws IOException {
        threads.execute(this::accept);
        threads.execute(this::probe);
    }

    int port() {
        return server.getLocalPort();
    }

    void add(PackagedService replica) {
        replicas.add(replica);
    }

    void awaitReady(int count) throws InterruptedException {
        while (ready.size() < count) {
            Thread.sleep(PROBE_PERIOD_MILLISECONDS);
        }
    }

    @Override
    public void close() throws IOException {
        threads.shutdownNow();
        server.close();
    }

    private void probe() {
        try {
            while (true) {
                ready = replicas.stream().filter(PackagedService::isReady).toList();
                Thread.sleep(PROBE_PERIOD_MILLISECONDS);
            }
        } catch (InterruptedException e) {
            // closed
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket client = server.accept();
                List<PackagedService> candidates = ready;
                PackagedService replica = candidates.get(Math.floorMod(next.getAndIncrement(), candidates.size()));
                Socket upstream = new Socket(InetAddress.getLoopbackAddress(), replica.port());
                threads.execute(() -> pipe(client, upstream));
                threads.execute(() -> pipe(upstream, client));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private static void pipe(Socket from, Socket to) {
        byte[] buffer = new byte[8_192];
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                out.write(buffer, 0, n);
            }
        } catch (IOException e) {
            // the other direction has closed the connection
        }
    }
}
