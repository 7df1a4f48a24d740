package dev.ember.etag;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class ConditionalRequestIT extends ConditionalRequestTest {}
