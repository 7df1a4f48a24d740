package dev.ember.pipeline;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class BodyEncodingIT extends BodyEncodingTest {}
