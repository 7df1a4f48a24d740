package dev.ember.packaged;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InvalidKeystoneConfigurationIT extends RejectedStart {

    private static final String CREDENTIALS =
            " Set EMBER_KEYSTONE_APPLICATION_CREDENTIAL_ID and EMBER_KEYSTONE_APPLICATION_CREDENTIAL_SECRET, or"
                    + " EMBER_KEYSTONE_USERNAME, EMBER_KEYSTONE_PASSWORD and EMBER_KEYSTONE_PROJECT, so that the service"
                    + " can validate tokens.";

    @Test
    void listsAllProblemsWithKeystoneAndShowsNoSecret() throws Exception {
        assertRejected(
                Map.of(
                        DATABASE,
                        NOWHERE,
                        "EMBER_IDENTITY",
                        "keystone",
                        "EMBER_KEYSTONE_USERNAME",
                        "ember",
                        "EMBER_KEYSTONE_PASSWORD",
                        "private-password",
                        "EMBER_KEYSTONE_TIMEOUT",
                        "0S"),
                "EMBER_KEYSTONE_PROJECT is not set." + CREDENTIALS
                        + """

                        EMBER_KEYSTONE_TIMEOUT is '0S'. It must be a duration between 1S and 5M, in seconds (S), minutes (M), hours (H) or days (D).
                        EMBER_KEYSTONE_URL is not set. Set it to the address of the identity API, version 3, such as \
                        https://keystone.example.org:5000/v3.""");
    }

    @Test
    void saysThatTheAddressOfKeystoneIsNotSet() throws Exception {
        assertRejected(
                withCredentials("EMBER_KEYSTONE_URL", ""),
                "EMBER_KEYSTONE_URL is not set. Set it to the address of the identity API, version 3, such as"
                        + " https://keystone.example.org:5000/v3.");
    }

    @Test
    void saysThatTheAddressOfKeystoneLacksTheVersion() throws Exception {
        assertRejected(
                withCredentials("EMBER_KEYSTONE_URL", "https://keystone.example.org:5000"),
                "EMBER_KEYSTONE_URL is 'https://keystone.example.org:5000'. Set it to the address of the identity API,"
                        + " version 3, such as https://keystone.example.org:5000/v3.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://keystone.example.org", "ftp://keystone.example.org/v3", "https://u@k.example.org/v3"})
    void saysThatThePublicAddressOfKeystoneIsNone(String address) throws Exception {
        assertRejected(
                withCredentials("EMBER_KEYSTONE_PUBLIC_URL", address),
                "EMBER_KEYSTONE_PUBLIC_URL is '" + address.replace("u@", "***@")
                        + "'. Set it to the address of the identity API, version 3,"
                        + " such as https://keystone.example.org:5000/v3.");
    }

    @Test
    void saysThatItHasNoCredentialsForKeystone() throws Exception {
        assertRejected(
                keystone(),
                "EMBER_KEYSTONE_APPLICATION_CREDENTIAL_ID and EMBER_KEYSTONE_USERNAME are both not set." + CREDENTIALS);
    }

    @Test
    void saysThatItHasTwoCredentialsForKeystone() throws Exception {
        assertRejected(
                keystone("EMBER_KEYSTONE_USERNAME", "ember", "EMBER_KEYSTONE_APPLICATION_CREDENTIAL_ID", "1"),
                "EMBER_KEYSTONE_APPLICATION_CREDENTIAL_ID and EMBER_KEYSTONE_USERNAME are both set." + CREDENTIALS);
    }

    @Test
    void saysWhichPartOfTheCredentialsIsMissing() throws Exception {
        assertRejected(
                keystone("EMBER_KEYSTONE_USERNAME", "ember", "EMBER_KEYSTONE_PASSWORD", "private-password"),
                "EMBER_KEYSTONE_PROJECT is not set." + CREDENTIALS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"EMBER_KEYSTONE_CA_FILE", "SSL_CERT_FILE"})
    void saysThatAFileHasNoCertificatesInPemFormat(String variable, @TempDir Path directory) throws Exception {
        Path der = Files.write(directory.resolve("authority.der"), certificate());
        for (String file :
                List.of("/dev/null", der.toString(), directory.resolve("absent").toString())) {
            assertRejected(
                    withCredentials(variable, file),
                    variable + " is '" + file + "'. It must be a file of certificates in PEM format.");
        }
    }

    /** A certificate that Java trusts. */
    private static byte[] certificate() throws Exception {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init((KeyStore) null);
        return ((X509TrustManager) factory.getTrustManagers()[0]).getAcceptedIssuers()[0].getEncoded();
    }

    private static Map<String, String> withCredentials(String variable, String value) {
        return keystone(
                "EMBER_KEYSTONE_APPLICATION_CREDENTIAL_ID",
                "1",
                "EMBER_KEYSTONE_APPLICATION_CREDENTIAL_SECRET",
                "private-secret",
                variable,
                value);
    }

    private static Map<String, String> keystone(String... settings) {
        Map<String, String> environment = new HashMap<>(Map.of(
                DATABASE,
                NOWHERE,
                "EMBER_IDENTITY",
                "keystone",
                "EMBER_KEYSTONE_URL",
                "https://keystone.example.org:5000/v3"));
        for (int i = 0; i < settings.length; i += 2) {
            environment.put(settings[i], settings[i + 1]);
        }
        return environment;
    }
}
