package dev.ember.deploy;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class MonitoringFilesIT extends MonitoringFilesTest {}
