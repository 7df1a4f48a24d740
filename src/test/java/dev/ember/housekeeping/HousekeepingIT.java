package dev.ember.housekeeping;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class HousekeepingIT extends HousekeepingTest {}
