package dev.ember.identity.keystone;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class KeystoneMetricsIT extends KeystoneMetricsTest {}
