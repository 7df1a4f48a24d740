package dev.ember.quota;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class QuotaIT extends QuotaTest {}
