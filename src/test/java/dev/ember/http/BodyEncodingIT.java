package dev.ember.http;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class BodyEncodingIT extends BodyEncodingTest {}
