package dev.ember.identity.keystone;

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
 * The certificates that Keystone's certificate is checked against. They are read when the service starts, because a
 * native binary holds those of the JDK that built it.
 */
final class TrustedCertificates {

    /** Where Debian, Fedora, Red Hat, openSUSE and Alpine keep the certificates that the system trusts. */
    static final List<Path> SYSTEM = List.of(
            Path.of("/etc/ssl/certs/ca-certificates.crt"),
            Path.of("/etc/pki/tls/certs/ca-bundle.crt"),
            Path.of("/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem"),
            Path.of("/etc/ssl/ca-bundle.pem"),
            Path.of("/etc/ssl/cert.pem"));

    private static final Logger LOG = Logger.getLogger(TrustedCertificates.class);

    private TrustedCertificates() {}

    /**
     * The certificates of {@code EMBER_KEYSTONE_CA_FILE}, else of {@code SSL_CERT_FILE}, else of the system.
     *
     * @param caFile the value of {@code EMBER_KEYSTONE_CA_FILE}
     * @param certFile the value of {@code SSL_CERT_FILE}
     * @param system the files that the system may have
     * @return empty when there is no such file, and Java's own certificates are to be trusted
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
            LOG.warnf("Certificates in %s that cannot be read, and so are not trusted: %d", path, file.unreadable());
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
            throw new IllegalStateException("Java cannot hold certificates", e);
        }
    }
}
