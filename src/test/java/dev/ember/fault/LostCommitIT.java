package dev.ember.fault;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class LostCommitIT extends LostCommitTest {}
