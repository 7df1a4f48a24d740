package dev.ember.pipeline;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class ObservabilityIT extends ObservabilityTest {}
