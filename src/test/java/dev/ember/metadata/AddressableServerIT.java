package dev.ember.metadata;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class AddressableServerIT extends AddressableServerTest {}
