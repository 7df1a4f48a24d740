package dev.ember.deployment;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class StoredStatusesIT extends StoredStatusesTest {}
