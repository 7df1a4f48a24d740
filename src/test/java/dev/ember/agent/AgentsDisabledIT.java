package dev.ember.agent;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class AgentsDisabledIT extends AgentsDisabledTest {}
