package dev.ember.pipeline.framing;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class RequestHeadIT extends RequestHeadTest {}
