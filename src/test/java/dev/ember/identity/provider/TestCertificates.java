package dev.ember.identity.provider;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Certificates for {@code localhost} from a test certificate authority, created with the JDK's keytool. */
final class TestCertificates {

    static final String PASSWORD = "changeit";

    private final Path directory;

    TestCertificates(Path directory) throws IOException, InterruptedException {
        this.directory = directory;
        keytool("-genkeypair", "-alias", "ca", "-keyalg", "EC", "-dname", "CN=Test CA", "-ext", "bc:c");
        keytool("-exportcert", "-alias", "ca", "-rfc", "-file", authority().toString());
    }

    /** Returns the certificate of the authority. */
    Path authority() {
        return directory.resolve("ca.pem");
    }

    Path keyStore() {
        return directory.resolve("keys.p12");
    }

    /** Adds a certificate that is valid for two days from a date, such as {@code -1d}, to the key store. */
    void issue(String alias, String start) throws IOException, InterruptedException {
        String request = directory.resolve(alias + ".csr").toString();
        String certificate = directory.resolve(alias + ".pem").toString();
        keytool("-genkeypair", "-alias", alias, "-keyalg", "EC", "-dname", "CN=" + alias);
        keytool("-certreq", "-alias", alias, "-file", request);
        keytool(
                "-gencert",
                "-alias",
                "ca",
                "-infile",
                request,
                "-outfile",
                certificate,
                "-startdate",
                start,
                "-validity",
                "2",
                "-ext",
                "san=dns:localhost");
        keytool("-importcert", "-noprompt", "-alias", alias, "-file", certificate);
    }

    private void keytool(String... arguments) throws IOException, InterruptedException {
        List<String> command = Stream.concat(
                        Stream.of(Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString()),
                        Stream.concat(
                                Stream.of(arguments),
                                Stream.of("-keystore", keyStore().toString(), "-storepass", PASSWORD)))
                .toList();
        Path output = directory.resolve("keytool.log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (process.waitFor() != 0) {
            throw new IllegalStateException(command + ": " + Files.readString(output));
        }
    }
}
