package dev.ember.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnknownVariablesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "EMBER_IDENTITY",
                "EMBER_SERVICE_HOST",
                "EMBER_SERVICE_PORT",
                "EMBER_SERVICE_PORT_HTTP",
                "EMBER_PORT",
                "EMBER_PORT_8080_TCP",
                "EMBER_PORT_8080_TCP_PROTO",
                "EMBER_PORT_8080_TCP_PORT",
                "EMBER_PORT_8080_TCP_ADDR",
                "EMBER_PORT_53_UDP",
                "EMBER_DB_SERVICE_HOST",
                "EMBER_DB_PORT_5432_TCP_PROTO",
                "EMBER_DB_SERVICE_PORT_SQL",
                "OTHER_QUOTA_DEPLOYMENT",
                "EMBERS_QUOTA"
            })
    void acceptsSettingsAndServiceLinks(String name) {
        assertEquals(Set.of(), UnknownVariables.unknown(Set.of(name)));
    }

    @ParameterizedTest
    @CsvSource({
        "EMBER_QUOTA_DEPLOYMENT, EMBER_QUOTA_DEPLOYMENTS",
        "EMBER_QUOTA_CONFGIS, EMBER_QUOTA_CONFIGS",
        "EMBER_QUOTAS_CONFIG, EMBER_QUOTA_CONFIGS",
        "EMBER_KEYSTONE_CAFILE, EMBER_KEYSTONE_CA_FILE",
        "EMBER_DEPLOYMENTS_RETENTION, EMBER_DEPLOYMENT_RETENTION",
        "EMBER_QUOTA, ",
        "EMBER_QUOTA_DEPLOYMEN_XY, ",
        "EMBER_PORT_8080_TCP_X, ",
        "EMBER_, "
    })
    void findsTheClosestSettingToAMisspelledName(String name, String meant) {
        assertEquals(Set.of(name), UnknownVariables.unknown(Set.of(name)));
        assertEquals(meant, UnknownVariables.closest(name));
    }
}
