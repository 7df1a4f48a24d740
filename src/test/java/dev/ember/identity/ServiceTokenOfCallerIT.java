package dev.ember.identity;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class ServiceTokenOfCallerIT extends ServiceTokenOfCallerTest {}
