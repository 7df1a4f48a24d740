package dev.ember.settings;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Checks which settings are required, and which are required or excluded by others. */
final class RequiredSettings {

    static final String IDENTITY = "Set EMBER_IDENTITY=keystone to have Keystone validate the token of each request, or"
            + " EMBER_IDENTITY=none to trust the tenant in the path and accept any token;"
            + " then only trusted clients must be able to reach the service.";

    static final String DATABASE = "Set it to the address of a PostgreSQL database, such as"
            + " jdbc:postgresql://localhost:5432/ember, and QUARKUS_DATASOURCE_USERNAME and"
            + " QUARKUS_DATASOURCE_PASSWORD to a role that may use it.";

    private static final String CREDENTIALS = " Set EMBER_KEYSTONE_APPLICATION_CREDENTIAL_ID and"
            + " EMBER_KEYSTONE_APPLICATION_CREDENTIAL_SECRET, or EMBER_KEYSTONE_USERNAME, EMBER_KEYSTONE_PASSWORD and"
            + " EMBER_KEYSTONE_PROJECT, so that the service can validate tokens.";

    private static final String APPLICATION_CREDENTIAL = "ember.keystone.application-credential-id";
    private static final String USERNAME = "ember.keystone.username";

    private final RawSettings settings;

    RequiredSettings(RawSettings settings) {
        this.settings = settings;
    }

    /** Returns a line for the operator for each problem. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        missing("quarkus.datasource.jdbc.url", " " + DATABASE).ifPresent(problems::add);
        missing("ember.identity", " " + IDENTITY).ifPresent(problems::add);
        if (settings.value("ember.identity").filter("keystone"::equals).isPresent()) {
            missing("ember.keystone.url", " " + AddressRules.IDENTITY_API).ifPresent(problems::add);
            problems.addAll(problemsOfCredentials());
            problemOfCertificates().ifPresent(problems::add);
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

    /** Without TLS, certificates are not used, so the file is not checked. */
    private Optional<String> problemOfCertificates() {
        if (settings.value("ember.keystone.url")
                .filter(url -> url.regionMatches(true, 0, "https:", 0, "https:".length()))
                .isEmpty()) {
            return Optional.empty();
        }
        return Stream.of("ember.keystone.ca-file", "SSL_CERT_FILE")
                .filter(property -> settings.value(property).isPresent())
                .findFirst()
                .flatMap(this::problemOfFile);
    }

    private Optional<String> problemOfFile(String property) {
        Rule rule = Rule.mustBe(
                "a file of certificates in PEM format", file -> CertificateFile.hasCertificate(Path.of(file)));
        return new Setting(property, false, rule).problem(settings);
    }
}
