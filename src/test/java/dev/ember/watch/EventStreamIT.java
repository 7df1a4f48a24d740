package dev.ember.watch;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class EventStreamIT extends EventStreamTest {}
