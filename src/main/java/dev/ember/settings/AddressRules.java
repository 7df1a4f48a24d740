package dev.ember.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Which addresses are valid. */
final class AddressRules {

    static final String IDENTITY_API =
            "Set it to the address of the identity API, version 3, such as https://keystone.example.org:5000/v3.";

    static final String ISSUER =
            "Set it to the address of the issuer, as in the claim iss of its tokens, such as https://login.example.org.";

    private static final String DATABASE = "jdbc:postgresql:";

    /** An origin as a browser sends it. */
    private static final Pattern ORIGIN =
            Pattern.compile("(?!http://.*:80$|https://.*:443$)https?://([a-z0-9._-]+|\\[[0-9a-f:]+])(:[1-9]\\d{0,4})?");

    private AddressRules() {}

    /** The address of Keystone. */
    static Rule identityApi() {
        return (text, settings) -> Rule.violation(isIdentityApi(text), text, IDENTITY_API);
    }

    private static boolean isIdentityApi(String text) {
        return isAddress(
                text.endsWith("/") ? text.substring(0, text.length() - 1) : text,
                address -> address.getRawPath().endsWith("/v3"));
    }

    /** The issuer of tokens. The address of its discovery document begins with it. */
    static Rule issuer() {
        return (text, settings) -> Rule.violation(
                isAddress(text, address -> address.getRawQuery() == null && address.getRawFragment() == null),
                text,
                ISSUER);
    }

    /** The address of the keys of an issuer. */
    static Rule keys() {
        return Rule.mustBe(
                "the address of the keys of the issuer, such as https://login.example.org/keys",
                text -> isAddress(text, address -> address.getRawFragment() == null));
    }

    /** Whether a text is an HTTP address without a user, and has another property. */
    private static boolean isAddress(String text, Predicate<URI> property) {
        try {
            URI address = new URI(text);
            return isHttp(address)
                    && address.getHost() != null
                    && address.getUserInfo() == null
                    && property.test(address);
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static boolean isHttp(URI address) {
        return "http".equalsIgnoreCase(address.getScheme()) || "https".equalsIgnoreCase(address.getScheme());
    }

    /** The address may have a password, so the message does not show it. */
    static Rule database() {
        return (text, settings) -> text.startsWith(DATABASE)
                ? Optional.empty()
                : Optional.of("does not begin with " + DATABASE + ". " + RequiredSettings.DATABASE);
    }

    /**
     * The base URL that servers reach. Some agents find the beginning of a URL by the word http, so the word must not
     * occur again.
     */
    static Rule publicUrl() {
        return Rule.mustBe(
                "the base URL that servers reach, such as https://ember.example, without a query and without a second"
                        + " \"http\"",
                AddressRules::isPublicUrl);
    }

    private static boolean isPublicUrl(String text) {
        return isAddress(
                text.strip(),
                address -> address.getRawQuery() == null
                        && address.getRawFragment() == null
                        && text.strip().lastIndexOf("http") == 0);
    }

    /** Origins, separated by commas. */
    static Rule origins() {
        return (text, settings) -> Stream.of(text.split(","))
                .map(String::strip)
                .filter(origin -> !origin.isEmpty() && !ORIGIN.matcher(origin).matches())
                .findFirst()
                .map(origin -> "has '" + Rule.printable(origin)
                        + "'; each origin must be as browsers send it, such as https://console.example.org or"
                        + " http://localhost:3000: in lower case, without a path, a wildcard or the default port.");
    }
}
