package dev.ember.openapi;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class BoundariesIT extends BoundariesTest {}
