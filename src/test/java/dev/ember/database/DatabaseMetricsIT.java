package dev.ember.database;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class DatabaseMetricsIT extends DatabaseMetricsTest {}
