package dev.ember.identity.keystone;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ember.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The callers that a quota applies to. */
@QuarkusTest
@TestProfile(QuotaOfAdministratorTest.Profile.class)
class QuotaOfAdministratorTest extends KeystoneTest {

    public static final class Profile implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("ember.quota-deployments", "0");
        }
    }

    @Test
    void appliesToTheAdminOfTheTenant() {
        Response response = createAs(TestToken.valid(tenant, "admin+member+reader"));
        assertBadRequest(
                response,
                "RequestLimitExceeded",
                "Request limit exceeded: You have reached the maximum software deployments per tenant, 0."
                        + " Please delete some deployments.");
    }

    @Test
    void doesNotApplyToTheAdminOfTheAdminProject() {
        createAs(TestToken.valid(ScriptedKeystone.ADMIN_PROJECT, "admin"))
                .then()
                .statusCode(200);
        assertEquals(1, TestDatabase.deploymentsOf(tenant));
    }

    private Response createAs(TestToken token) {
        return with(token).contentType("application/json").body(BODY).post(deployments);
    }
}
