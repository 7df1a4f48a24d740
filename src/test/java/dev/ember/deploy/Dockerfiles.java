package dev.ember.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The Dockerfiles of Ember's images. */
final class Dockerfiles {

    private static final Path FOLDER = Path.of("src/main/docker");

    private Dockerfiles() {}

    /** Returns the distinct users that the images run as, in the form {@code user:group}. */
    static List<String> users() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            List<Path> dockerfiles = files.filter(
                            file -> file.getFileName().toString().startsWith("Dockerfile"))
                    .toList();
            return dockerfiles.stream().map(Dockerfiles::user).distinct().toList();
        }
    }

    /** The last USER instruction applies. */
    private static String user(Path dockerfile) {
        try {
            return Files.readAllLines(dockerfile).stream()
                    .filter(line -> line.startsWith("USER "))
                    .reduce((first, last) -> last)
                    .map(line -> line.substring("USER ".length()).trim())
                    .orElse("root");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
