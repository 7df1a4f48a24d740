package dev.ember.identity.provider;

import dev.ember.settings.CertificateFile;
import io.vertx.core.net.TrustOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.TrustManagerFactory;
import org.jboss.logging.Logger;

/**
 * The trusted certificates for connections to the identity provider. They are read at startup, because a native binary
 * contains those of the JDK that built it.
 */
public final class TrustedCertificates {

    /** The files with the trusted certificates of the system on Debian, Fedora, Red Hat, openSUSE and Alpine. */
    static final List<Path> SYSTEM = List.of(
            Path.of("/etc/ssl/certs/ca-certificates.crt"),
            Path.of("/etc/pki/tls/certs/ca-bundle.crt"),
            Path.of("/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem"),
            Path.of("/etc/ssl/ca-bundle.pem"),
            Path.of("/etc/ssl/cert.pem"));

    private static final Logger LOG = Logger.getLogger(TrustedCertificates.class);

    private TrustedCertificates() {}

    /**
     * The certificates of a file, else of {@code SSL_CERT_FILE}, else of the system.
     *
     * @param caFile the file that a setting of the service names
     * @return empty if there is no such file; Java's own certificates are then trusted
     */
    public static Optional<TrustOptions> find(Optional<Path> caFile) {
        Optional<Path> certFile = Optional.ofNullable(System.getenv("SSL_CERT_FILE"))
                .filter(file -> !file.isEmpty())
                .map(Path::of);
        return find(caFile, certFile, SYSTEM);
    }

    /**
     * The certificates of {@code caFile}, else of {@code SSL_CERT_FILE}, else of the system.
     *
     * @param caFile the file that a setting of the service names
     * @param certFile the value of {@code SSL_CERT_FILE}
     * @param system the files that the system may have
     * @return empty if there is no such file; Java's own certificates are then trusted
     */
    static Optional<TrustOptions> find(Optional<Path> caFile, Optional<Path> certFile, List<Path> system) {
        Optional<Path> given = caFile.or(() -> certFile);
        if (given.isPresent()) {
            return given.map(TrustedCertificates::read).map(TrustedCertificates::trust);
        }
        return system.stream()
                .map(TrustedCertificates::read)
                .filter(certificates -> !certificates.isEmpty())
                .findFirst()
                .map(TrustedCertificates::trust);
    }

    private static List<Certificate> read(Path path) {
        CertificateFile file = CertificateFile.read(path);
        if (file.unreadable() > 0 && !file.certificates().isEmpty()) {
            LOG.warnf("Certificates in %s that are unreadable and therefore not trusted: %d", path, file.unreadable());
        }
        return file.certificates();
    }

    private static TrustOptions trust(List<Certificate> certificates) {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (int i = 0; i < certificates.size(); i++) {
                store.setCertificateEntry(Integer.toString(i), certificates.get(i));
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return TrustOptions.wrap(factory);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("Creating the trust store failed", e);
        }
    }
}
