package dev.ember.config;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class SoftwareConfigPropertyIT extends SoftwareConfigPropertyTest {}
