package dev.ember.settings;

import static dev.ember.settings.Rule.any;
import static dev.ember.settings.Rule.duration;
import static dev.ember.settings.Rule.mustBe;
import static dev.ember.settings.Rule.number;
import static dev.ember.settings.Rule.oneOf;
import static dev.ember.settings.Setting.optional;
import static dev.ember.settings.Setting.withDefault;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The valid values of all settings. Their types, defaults and meanings are in the {@code @ConfigMapping} interfaces of
 * the features; a test compares the names.
 *
 * <p>Bean Validation on those interfaces is not used. It would run only after every value was converted, so an
 * unreadable value would hide all other problems, and it would build a second validator at each start.
 */
final class DeclaredSettings {

    /** The default of {@code QUARKUS_THREAD_POOL_MAX_THREADS}, as in {@code application.properties}. */
    static final int DEFAULT_THREADS = 200;

    /** Threads that are reserved for health and metrics. */
    private static final int SPARE_THREADS = 32;

    /** Longer than any practical duration, and within the limits of calculations in the database. */
    private static final String MAX = "3650D";

    private static final Rule BOOLEAN = oneOf("true", "false");
    private static final Rule QUOTA = mustBe(
            "a number between 0 and 999999999, or -1 for no quota", text -> Rule.isNumber(text, -1, 999_999_999));

    /** Ids of projects are ids of tenants. */
    private static final Pattern PROJECT = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private static final Set<String> ROLES = Set.of("reader", "member", "admin", "heat_stack_user");

    static final List<Setting> ALL = List.of(
            // HTTP
            withDefault("PORT", number(0, 65_535)),
            optional("ember.cors-origins", AddressRules.origins()),
            withDefault("ember.board", BOOLEAN),
            // Database
            optional("quarkus.datasource.jdbc.url", AddressRules.database()),
            withDefault("quarkus.datasource.jdbc.max-size", number(1, 10_000)),
            withDefault("ember.migrate-at-start", BOOLEAN),
            withDefault("ember.batch-by-tenant", BOOLEAN),
            // Identity
            optional(
                    "ember.identity",
                    (text, settings) -> Rule.violation(
                            Set.of("keystone", "jwt", "none").contains(text), text, RequiredSettings.IDENTITY)),
            optional(
                    "ember.admin-project",
                    mustBe("the id of a project: 1 to 64 characters of A-Z a-z 0-9 _ -", text -> PROJECT.matcher(text)
                            .matches())),
            withDefault("ember.token-cache-ttl", duration("0S", "24H")),
            optional("ember.keystone.url", AddressRules.identityApi()),
            optional("ember.keystone.public-url", AddressRules.identityApi()),
            optional("ember.keystone.application-credential-id", any()),
            optional("ember.keystone.application-credential-secret", any()),
            optional("ember.keystone.username", any()),
            optional("ember.keystone.password", any()),
            withDefault("ember.keystone.user-domain", any()),
            optional("ember.keystone.project", any()),
            withDefault("ember.keystone.project-domain", any()),
            optional("ember.keystone.ca-file", any()),
            withDefault("ember.keystone.timeout", duration("1S", "5M")),
            optional("ember.jwt.issuer", AddressRules.issuer()),
            optional("ember.jwt.jwks-url", AddressRules.keys()),
            optional("ember.jwt.audience", any()),
            withDefault("ember.jwt.tenant-claim", any()),
            withDefault("ember.jwt.roles-claim", any()),
            optional("ember.jwt.default-roles", roles()),
            optional("ember.jwt.ca-file", any()),
            withDefault("ember.jwt.timeout", duration("1S", "5M")),
            optional("ember.jwt.bearer-token-file", any()),
            // Agents
            optional("ember.public-url", AddressRules.publicUrl()),
            optional("ember.signing-key", KeyText.rule()),
            optional("ember.signing-key-previous", KeyText.rule()),
            optional("ember.agent-polling-interval", duration("1S", "24H")),
            // Limits
            withDefault("ember.max-requests", number(1, DeclaredSettings::threadsForRequests)),
            withDefault("ember.max-watchers", number(1, 1_000_000)),
            withDefault("ember.body-timeout", duration("1S", "1H")),
            withDefault("ember.response-timeout", duration("1S", "1H")),
            // Eight times the largest body. Three quarters are enough for one such body and the objects parsed from it.
            optional("ember.memory-budget", Rule.sizeWithinHeap("8M")),
            withDefault("ember.quota-deployments", QUOTA),
            withDefault("ember.quota-configs", QUOTA),
            // Deployments, configs and stored responses
            withDefault("ember.config-references", oneOf("any", "known")),
            withDefault("ember.idempotency-key-ttl", duration("1S", MAX)),
            optional("ember.stale-deployment-age", duration("1S", MAX)),
            optional("ember.deployment-retention", duration("1S", MAX)),
            optional("ember.deployment-retention-per-tenant", number(1, 1_000_000)),
            withDefault("ember.housekeeping-interval", duration("1S", MAX)));

    /** The environment variables of all settings. */
    static final Set<String> VARIABLES = ALL.stream().map(Setting::variable).collect(Collectors.toUnmodifiableSet());

    private DeclaredSettings() {}

    private static Rule roles() {
        return mustBe(
                "a list of roles, separated by commas: reader, member, admin, heat_stack_user",
                text -> Stream.of(text.split(",", -1)).map(String::strip).allMatch(ROLES::contains));
    }

    private static int threadsForRequests(RawSettings settings) {
        return settings.value("quarkus.thread-pool.max-threads")
                        .filter(text -> Rule.isNumber(text, 1, Integer.MAX_VALUE))
                        .map(text -> Integer.parseInt(text.strip()))
                        .orElse(DEFAULT_THREADS)
                - SPARE_THREADS;
    }
}
