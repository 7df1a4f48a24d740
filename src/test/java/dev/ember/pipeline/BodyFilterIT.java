package dev.ember.pipeline;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class BodyFilterIT extends BodyFilterTest {}
