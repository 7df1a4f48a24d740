package dev.ember.settings;

import java.util.List;

/** The environment variables of all settings. A test compares them with the settings and with the README. */
final class KnownVariables {

    static final List<String> NAMES = List.of(
            "EMBER_ADMIN_PROJECT",
            "EMBER_AGENT_POLLING_INTERVAL",
            "EMBER_BATCH_BY_TENANT",
            "EMBER_BODY_TIMEOUT",
            "EMBER_CONFIG_REFERENCES",
            "EMBER_CORS_ORIGINS",
            "EMBER_DEPLOYMENT_RETENTION",
            "EMBER_DEPLOYMENT_RETENTION_PER_TENANT",
            "EMBER_HOUSEKEEPING_INTERVAL",
            "EMBER_IDEMPOTENCY_KEY_TTL",
            "EMBER_IDENTITY",
            "EMBER_KEYSTONE_APPLICATION_CREDENTIAL_ID",
            "EMBER_KEYSTONE_APPLICATION_CREDENTIAL_SECRET",
            "EMBER_KEYSTONE_CA_FILE",
            "EMBER_KEYSTONE_PASSWORD",
            "EMBER_KEYSTONE_PROJECT",
            "EMBER_KEYSTONE_PROJECT_DOMAIN",
            "EMBER_KEYSTONE_PUBLIC_URL",
            "EMBER_KEYSTONE_TIMEOUT",
            "EMBER_KEYSTONE_URL",
            "EMBER_KEYSTONE_USERNAME",
            "EMBER_KEYSTONE_USER_DOMAIN",
            "EMBER_MAX_REQUESTS",
            "EMBER_MEMORY_BUDGET",
            "EMBER_MIGRATE_AT_START",
            "EMBER_PUBLIC_URL",
            "EMBER_QUOTA_CONFIGS",
            "EMBER_QUOTA_DEPLOYMENTS",
            "EMBER_RESPONSE_TIMEOUT",
            "EMBER_SIGNING_KEY",
            "EMBER_SIGNING_KEY_PREVIOUS",
            "EMBER_STALE_DEPLOYMENT_AGE",
            "EMBER_TOKEN_CACHE_TTL");

    private KnownVariables() {}
}
