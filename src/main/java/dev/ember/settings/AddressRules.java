package dev.ember.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Which addresses are valid. */
final class AddressRules {

    static final String IDENTITY_API =
            "Set it to the address of the identity API, version 3, such as https://keystone.example.org:5000/v3.";

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
        try {
            URI address = new URI(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
            return isHttp(address)
                    && address.getHost() != null
                    && address.getUserInfo() == null
                    && address.getRawPath().endsWith("/v3");
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
        try {
            URI address = new URI(text.strip());
            return isHttp(address)
                    && address.getHost() != null
                    && address.getRawQuery() == null
                    && address.getRawFragment() == null
                    && address.getUserInfo() == null
                    && text.strip().lastIndexOf("http") == 0;
        } catch (URISyntaxException e) {
            return false;
        }
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
