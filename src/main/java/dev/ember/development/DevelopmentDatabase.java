package dev.ember.development;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A PostgreSQL server of the checkout's own: it listens on loopback, on a free port, and keeps its data in
 * {@code .postgresql} from run to run. Not part of what is packaged.
 */
public final class DevelopmentDatabase {

    private static final Path DIRECTORY = Path.of(".postgresql").toAbsolutePath();

    private DevelopmentDatabase() {}

    static EmbeddedPostgres start() throws IOException {
        stopLeftOver();
        return builder()
                .setDataDirectory(DIRECTORY)
                .setCleanDataDirectory(false)
                .start();
    }

    /** A server that keeps what it acknowledged and knows all of Unicode, whatever the machine's locale is. */
    public static EmbeddedPostgres.Builder builder() {
        return EmbeddedPostgres.builder()
                .setServerConfig("synchronous_commit", "on")
                .setLocaleConfig("encoding", "UTF8")
                .setLocaleConfig("locale", "C");
    }

    /** A run that was killed leaves its server behind, and a second one must not start on the same data. */
    private static void stopLeftOver() throws IOException {
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
