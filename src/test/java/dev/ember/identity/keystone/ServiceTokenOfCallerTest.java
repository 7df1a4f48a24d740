package dev.ember.identity.keystone;

import static dev.ember.identity.keystone.TestToken.Script.ACCESS_RULES;
import static dev.ember.identity.keystone.TestToken.Script.EXPIRED;
import static dev.ember.identity.keystone.TestToken.Script.NO_ACCESS_RULES;
import static dev.ember.identity.keystone.TestToken.Script.NULL_ACCESS_RULES;
import static dev.ember.identity.keystone.TestToken.Script.UNKNOWN;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ember.identity.keystone.TestToken.Script;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** OpenStack services send their own token together with the token of the user for whom they act. */
@QuarkusTest
class ServiceTokenOfCallerTest extends KeystoneTest {

    private final TestToken expired = TestToken.of(EXPIRED, tenant, "member").expiringIn(-60);
    private final TestToken service = TestToken.valid("service", "service");

    @Test
    void acceptsAnExpiredTokenOnlyWithAServiceToken() {
        assertUnauthorized(ask(expired));
        assertAdmitted(ask(expired, service.text()));
        assertUnauthorized(ask(expired));
    }

    @Test
    void doesNotCacheExpiredTokens() {
        assertAdmitted(ask(expired, service.text()));
        assertAdmitted(ask(expired, service.text()));
        assertEquals(2, validations(expired));
        assertUnauthorized(ask(expired));
    }

    @ParameterizedTest
    @ValueSource(strings = {"member", "admin", "services", "member+reader"})
    void rejectsAnExpiredTokenIfTheServiceTokenLacksTheServiceRole(String roles) {
        assertUnauthorized(ask(expired, TestToken.valid("service", roles).text()));
    }

    @ParameterizedTest
    @EnumSource(
            value = Script.class,
            names = {"UNKNOWN", "EXPIRED", "ACCESS_RULES"})
    void rejectsAnExpiredTokenWithAnInvalidServiceToken(Script script) {
        assertAdmitted(ask(expired, service.text()));
        assertUnauthorized(
                ask(expired, TestToken.of(script, "service", "service").text()));
    }

    @Test
    void rejectsAnUnknownTokenWithAServiceToken() {
        assertUnauthorized(ask(TestToken.of(UNKNOWN, tenant, "member"), service.text()));
    }

    @Test
    void rejectsAnExpiredServiceToken() {
        TestToken expiredService = TestToken.of(EXPIRED, "service", "service").expiringIn(-60);
        assertUnauthorized(ask(member, expiredService.text()));
        ask(expiredService, service.text());
        assertUnauthorized(ask(member, expiredService.text()));
    }

    @Test
    void validatesAValidTokenOnceWithAServiceToken() {
        assertAdmitted(ask(member, service.text()));
        assertAdmitted(ask(member, service.text()));
        assertEquals(1, validations(member));
    }

    @Test
    void treatsAnEmptyServiceTokenAsMissing() {
        assertAdmitted(ask(member, ""));
        assertUnauthorized(ask(expired, ""));
    }

    @Test
    void rejectsATokenWithAccessRules() {
        assertUnauthorized(ask(ACCESS_RULES));
        assertUnauthorized(ask(NO_ACCESS_RULES));
        assertUnauthorized(ask(TestToken.of(ACCESS_RULES, tenant, "member"), service.text()));
        assertAdmitted(ask(NULL_ACCESS_RULES));
    }

    private Response ask(TestToken token, String serviceToken) {
        return with(token)
                .header("X-Service-Token", serviceToken)
                .get(deployments + "/0190163e-7a10-7000-8000-000000000000");
    }
}
