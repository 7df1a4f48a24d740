package dev.ember.identity.keystone;

import dev.ember.settings.InvalidConfiguration;
import io.vertx.core.net.TrustOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.TrustManagerFactory;
import org.jboss.logging.Logger;

/**
 * The trusted certificates for connections to Keystone. They are read at startup, because a native binary contains
 * those of the JDK that built it.
 */
final class TrustedCertificates {

    /** The files with the trusted certificates of the system on Debian, Fedora, Red Hat, openSUSE and Alpine. */
    static final List<Path> SYSTEM = List.of(
            Path.of("/etc/ssl/certs/ca-certificates.crt"),
            Path.of("/etc/pki/tls/certs/ca-bundle.crt"),
            Path.of("/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem"),
            Path.of("/etc/ssl/ca-bundle.pem"),
            Path.of("/etc/ssl/cert.pem"));

    private static final Logger LOG = Logger.getLogger(TrustedCertificates.class);

    /** Not OpenSSL's {@code TRUSTED CERTIFICATE}, which may say that the certificate is not trusted for TLS. */
    private static final Pattern PEM = Pattern.compile("-----BEGIN CERTIFICATE-----([^-]*)-----END CERTIFICATE-----");

    private TrustedCertificates() {}

    /**
     * The certificates of {@code EMBER_KEYSTONE_CA_FILE}, else of {@code SSL_CERT_FILE}, else of the system.
     *
     * @param caFile the value of {@code EMBER_KEYSTONE_CA_FILE}
     * @param certFile the value of {@code SSL_CERT_FILE}
     * @param system the files that the system may have
     * @return empty when there is no such file, and Java's own certificates are to be trusted
     * @throws InvalidConfiguration when a file that a variable names has no certificate in PEM format
     */
    static Optional<TrustOptions> find(Optional<Path> caFile, Optional<Path> certFile, List<Path> system) {
        if (caFile.isPresent()) {
            return Optional.of(required("EMBER_KEYSTONE_CA_FILE", caFile.get()));
        }
        if (certFile.isPresent()) {
            return Optional.of(required("SSL_CERT_FILE", certFile.get()));
        }
        return system.stream()
                .map(TrustedCertificates::read)
                .filter(certificates -> !certificates.isEmpty())
                .findFirst()
                .map(TrustedCertificates::trust);
    }

    private static TrustOptions required(String variable, Path file) {
        List<Certificate> certificates = read(file);
        if (certificates.isEmpty()) {
            throw InvalidConfiguration.setting(variable, file, "a file of certificates in PEM format");
        }
        return trust(certificates);
    }

    /** The certificates of a file in PEM format that can be read; none when there is no such file. */
    private static List<Certificate> read(Path file) {
        List<Certificate> certificates = new ArrayList<>();
        int unreadable = 0;
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            Matcher block = PEM.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
            while (block.find()) {
                try {
                    byte[] encoded = Base64.getMimeDecoder().decode(block.group(1));
                    certificates.add(factory.generateCertificate(new ByteArrayInputStream(encoded)));
                } catch (CertificateException | IllegalArgumentException e) {
                    unreadable++;
                }
            }
        } catch (IOException | CertificateException e) {
            return List.of();
        }
        if (unreadable > 0 && !certificates.isEmpty()) {
            LOG.warnf("Certificates in %s that cannot be read, and so are not trusted: %d", file, unreadable);
        }
        return certificates;
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
