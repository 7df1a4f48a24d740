package dev.ember.agent;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class AgentEventsIT extends AgentEventsTest {}
