package dev.ember.packaged;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/** Runs the packaged jar or native binary as a process. Its settings come from environment variables only. */
final class PackagedService implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(120);
    /** The tests start the jar many times. With less compilation, a start takes less CPU time. */
    private static final List<String> FAST_START = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final Path output;
    private final int port;
    private final Process process;

    PackagedService(Map<String, String> environment, String... arguments) throws IOException {
        this(FAST_START, environment, arguments);
    }

    /** Starts the service. The options are those of a JVM. */
    PackagedService(List<String> options, Map<String, String> environment, String... arguments) throws IOException {
        output = Files.createTempFile("ember", ".log");
        port = freePort();
        ProcessBuilder builder = new ProcessBuilder(command(options, arguments))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("QUARKUS_") || name.startsWith("EMBER_"));
        builder.environment().put("PORT", Integer.toString(port));
        builder.environment().putAll(environment);
        process = builder.start();
    }

    /** Returns the native binary or the runnable jar that the build made. */
    static Path artifact() throws IOException {
        return Path.of("target", properties().getProperty("path"));
    }

    static boolean isJar() throws IOException {
        return properties().getProperty("type").equals("jar");
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    int port() {
        return port;
    }

    boolean isReady() {
        return isUp("/q/health/ready");
    }

    /** Sends SIGTERM. */
    void terminate() {
        process.destroy();
    }

    void awaitReady() throws IOException, InterruptedException {
        await("/q/health/ready");
    }

    void await(String healthPath) throws IOException, InterruptedException {
        Instant end = Instant.now().plus(TIMEOUT);
        while (!isUp(healthPath)) {
            if (!process.isAlive() || Instant.now().isAfter(end)) {
                throw new IllegalStateException("The service is not up:\n" + output());
            }
            Thread.sleep(50);
        }
    }

    /** Waits until the process ends, and returns its exit code. */
    int awaitExit() throws InterruptedException {
        if (!process.waitFor(TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("The service did not exit");
        }
        return process.exitValue();
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(request(path).build(), BodyHandlers.ofString());
    }

    HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return client.send(
                request(path)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    /** Returns what the process has written to standard output and standard error. */
    String output() throws IOException {
        return Files.readString(output);
    }

    @Override
    public void close() throws IOException {
        terminate();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
        }
        Files.delete(output);
    }

    private boolean isUp(String healthPath) {
        try {
            return get(healthPath).statusCode() == 200;
        } catch (IOException | InterruptedException e) {
            return false;
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .timeout(Duration.ofSeconds(10));
    }

    private static List<String> command(List<String> options, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        if (isJar()) {
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(options);
            command.add("-jar");
        }
        command.add(artifact().toString());
        command.addAll(List.of(arguments));
        return command;
    }

    private static Properties properties() throws IOException {
        Properties properties = new Properties();
        try (var in = Files.newInputStream(Path.of("target", "quarkus-artifact.properties"))) {
            properties.load(in);
        }
        return properties;
    }
}
