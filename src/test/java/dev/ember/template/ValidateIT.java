package dev.ember.template;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class ValidateIT extends ValidateTest {}
