package dev.ember.identity.keystone;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class StreamTokenIT extends StreamTokenTest {}
