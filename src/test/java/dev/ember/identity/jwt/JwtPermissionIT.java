package dev.ember.identity.jwt;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class JwtPermissionIT extends JwtPermissionTest {}
