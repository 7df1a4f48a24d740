package dev.ember.idempotency;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class IdempotencyKeyIT extends IdempotencyKeyTest {}
