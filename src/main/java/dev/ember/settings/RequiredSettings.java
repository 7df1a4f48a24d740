package dev.ember.settings;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Checks which settings are required, and which are required or excluded by others. */
final class RequiredSettings {

    static final String IDENTITY = "Set EMBER_IDENTITY=keystone to have Keystone validate the token of each request,"
            + " EMBER_IDENTITY=jwt to accept tokens that an issuer has signed, or EMBER_IDENTITY=none to trust"
            + " the tenant in the path and accept any token; then only trusted clients must be able to reach the service.";

    static final String DATABASE = "Set it to the address of a PostgreSQL database, such as"
            + " jdbc:postgresql://localhost:5432/ember, and QUARKUS_DATASOURCE_USERNAME and"
            + " QUARKUS_DATASOURCE_PASSWORD to a role that may use it.";

    private static final String CREDENTIALS = " Set EMBER_KEYSTONE_APPLICATION_CREDENTIAL_ID and"
            + " EMBER_KEYSTONE_APPLICATION_CREDENTIAL_SECRET, or EMBER_KEYSTONE_USERNAME, EMBER_KEYSTONE_PASSWORD and"
            + " EMBER_KEYSTONE_PROJECT, so that the service can validate tokens.";

    private static final String APPLICATION_CREDENTIAL = "ember.keystone.application-credential-id";
    private static final String USERNAME = "ember.keystone.username";
    private static final String AUDIENCE =
            "Set it to the audience that the claim aud of accepted tokens names, such as" + " ember.";
    private static final String ISSUER = "ember.jwt.issuer";
    private static final String KEYS = "ember.jwt.jwks-url";
    private static final String BEARER_TOKEN_FILE = "ember.jwt.bearer-token-file";

    private final RawSettings settings;

    RequiredSettings(RawSettings settings) {
        this.settings = settings;
    }

    /** Returns a line for the operator for each problem. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        missing("quarkus.datasource.jdbc.url", " " + DATABASE).ifPresent(problems::add);
        missing("ember.identity", " " + IDENTITY).ifPresent(problems::add);
        String identity = settings.value("ember.identity").orElse("");
        if (identity.equals("keystone")) {
            missing("ember.keystone.url", " " + AddressRules.IDENTITY_API).ifPresent(problems::add);
            problems.addAll(problemsOfCredentials());
            if (isEncrypted("ember.keystone.url")) {
                problemOfCertificates("ember.keystone.ca-file").ifPresent(problems::add);
            }
        }
        if (identity.equals("jwt")) {
            problems.addAll(problemsOfIssuer());
        }
        if (settings.value("ember.public-url").isPresent()
                != settings.value("ember.signing-key").isPresent()) {
            problems.add(
                    "EMBER_PUBLIC_URL and EMBER_SIGNING_KEY belong together. Set both to serve in-server agents, or"
                            + " none.");
        }
        return problems;
    }

    private Optional<String> missing(String property, String whatToSet) {
        return settings.value(property).isPresent()
                ? Optional.empty()
                : Optional.of(RawSettings.variable(property) + " is not set." + whatToSet);
    }

    private List<String> problemsOfCredentials() {
        boolean application = settings.value(APPLICATION_CREDENTIAL).isPresent();
        boolean user = settings.value(USERNAME).isPresent();
        if (application == user) {
            return List.of("EMBER_KEYSTONE_APPLICATION_CREDENTIAL_ID and EMBER_KEYSTONE_USERNAME are "
                    + (application ? "both set." : "both not set.") + CREDENTIALS);
        }
        Stream<String> parts = application
                ? Stream.of("ember.keystone.application-credential-secret")
                : Stream.of("ember.keystone.password", "ember.keystone.project");
        return parts.flatMap(part -> missing(part, CREDENTIALS).stream()).toList();
    }

    private List<String> problemsOfIssuer() {
        List<String> problems = new ArrayList<>();
        missing(ISSUER, " " + AddressRules.ISSUER).ifPresent(problems::add);
        missing("ember.jwt.audience", " " + AUDIENCE).ifPresent(problems::add);
        boolean discovery = settings.value(KEYS).isEmpty();
        boolean encrypted = isEncrypted(discovery ? ISSUER : KEYS);
        if (isEncrypted(ISSUER) || encrypted) {
            problemOfCertificates("ember.jwt.ca-file").ifPresent(problems::add);
        }
        if (settings.value(BEARER_TOKEN_FILE).isPresent()) {
            if (!encrypted) {
                problems.add(RawSettings.variable(BEARER_TOKEN_FILE) + " needs an encrypted connection. Set "
                        + RawSettings.variable(discovery ? ISSUER : KEYS) + " to an address that begins with https.");
            }
            problemOfFile(BEARER_TOKEN_FILE, "a readable file with a token", RequiredSettings::isReadable)
                    .ifPresent(problems::add);
        }
        return problems;
    }

    private boolean isEncrypted(String property) {
        return settings.value(property)
                .filter(url -> url.regionMatches(true, 0, "https:", 0, "https:".length()))
                .isPresent();
    }

    /** Without TLS, certificates are not used, so the file is not checked. */
    private Optional<String> problemOfCertificates(String property) {
        return Stream.of(property, "SSL_CERT_FILE")
                .filter(file -> settings.value(file).isPresent())
                .findFirst()
                .flatMap(file ->
                        problemOfFile(file, "a file of certificates in PEM format", CertificateFile::hasCertificate));
    }

    private static boolean isReadable(Path file) {
        return Files.isRegularFile(file) && Files.isReadable(file);
    }

    private Optional<String> problemOfFile(String property, String expected, Predicate<Path> isValid) {
        Rule rule = Rule.mustBe(expected, file -> isValid.test(Path.of(file)));
        return new Setting(property, false, rule).problem(settings);
    }
}
