package dev.ember.limits;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class AdmissionIT extends AdmissionTest {}
