package dev.ember.paging;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class SlowClientsIT extends SlowClientsTest {}
