package dev.ember.identity.keystone;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class EventUserIT extends EventUserTest {}
