package dev.ember.settings;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of certificates in PEM format.
 *
 * @param certificates the readable certificates
 * @param unreadable the number of unreadable certificates
 */
public record CertificateFile(List<Certificate> certificates, int unreadable) {

    /** Excludes OpenSSL's {@code TRUSTED CERTIFICATE}, because such a certificate may be untrusted for TLS. */
    private static final Pattern PEM = Pattern.compile("-----BEGIN CERTIFICATE-----([^-]*)-----END CERTIFICATE-----");

    /** Reads a file. A file that cannot be read has no certificates. */
    public static CertificateFile read(Path file) {
        return read(file, Integer.MAX_VALUE);
    }

    /** Whether a file has a certificate that can be read. */
    static boolean hasCertificate(Path file) {
        return !read(file, 1).certificates().isEmpty();
    }

    private static CertificateFile read(Path file, int most) {
        List<Certificate> certificates = new ArrayList<>();
        int unreadable = 0;
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            Matcher block = PEM.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
            while (certificates.size() < most && block.find()) {
                try {
                    byte[] encoded = Base64.getMimeDecoder().decode(block.group(1));
                    certificates.add(factory.generateCertificate(new ByteArrayInputStream(encoded)));
                } catch (CertificateException | IllegalArgumentException e) {
                    unreadable++;
                }
            }
        } catch (IOException | CertificateException e) {
            return new CertificateFile(List.of(), 0);
        }
        return new CertificateFile(certificates, unreadable);
    }
}
