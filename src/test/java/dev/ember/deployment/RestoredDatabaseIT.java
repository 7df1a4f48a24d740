package dev.ember.deployment;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class RestoredDatabaseIT extends RestoredDatabaseTest {}
