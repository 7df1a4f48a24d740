package dev.ember.limits;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class ResponseLimitsIT extends ResponseLimitsTest {}
