package dev.ember.development;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A PostgreSQL server for development. It listens on a free port of the loopback interface and keeps its data in the
 * directory {@code .postgresql} of the checkout between runs. It is not packaged.
 */
public final class DevelopmentDatabase {

    private static final Path DIRECTORY = Path.of(".postgresql").toAbsolutePath();

    private DevelopmentDatabase() {}

    static EmbeddedPostgres start() throws IOException {
        stopOrphanedServer();
        return builder()
                .setDataDirectory(DIRECTORY)
                .setCleanDataDirectory(false)
                .start();
    }

    /** A server with durable commits and UTF-8, independent of the locale of the machine. */
    public static EmbeddedPostgres.Builder builder() {
        return EmbeddedPostgres.builder()
                .setServerConfig("synchronous_commit", "on")
                .setLocaleConfig("encoding", "UTF8")
                .setLocaleConfig("locale", "C");
    }

    /** Stops the server of a run that was killed. Two servers must not use the same data. */
    private static void stopOrphanedServer() throws IOException {
        Path pidFile = DIRECTORY.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return;
        }
        long pid = Long.parseLong(Files.readAllLines(pidFile).get(0).strip());
        ProcessHandle.of(pid).filter(DevelopmentDatabase::isPostgres).ifPresent(server -> {
            server.destroy();
            server.onExit().completeOnTimeout(server, 10, TimeUnit.SECONDS).join();
        });
    }

    private static boolean isPostgres(ProcessHandle process) {
        return process.info()
                .command()
                .filter(command -> command.endsWith("/postgres"))
                .isPresent();
    }
}
