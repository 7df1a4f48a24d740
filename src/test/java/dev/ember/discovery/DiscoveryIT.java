package dev.ember.discovery;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class DiscoveryIT extends DiscoveryTest {}
