package dev.ember.identity;

import io.quarkus.test.junit.QuarkusTest;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class TenantTest extends KeystoneTest {

    private static final String DENIED = "Access was denied to this resource.";

    @Test
    void refusesATokenOfAnotherProject() {
        assertForbidden(ask(TestToken.valid("other", "member")), "HTTPForbidden", DENIED);
    }

    @Test
    void refusesATokenOfAProjectWhoseIdDiffersInCase() {
        assertForbidden(ask(TestToken.valid(tenant.toUpperCase(Locale.ROOT), "member")), "HTTPForbidden", DENIED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"member", "admin"})
    void refusesATokenThatIsForNoProject(String role) {
        assertForbidden(ask(TestToken.valid("", role)), "HTTPForbidden", DENIED);
    }

    @Test
    void refusesTheAdminOfAnyOtherProject() {
        assertForbidden(ask(TestToken.valid("other", "admin")), "HTTPForbidden", DENIED);
    }

    @Test
    void admitsTheAdminOfTheAdminProjectToEveryTenant() {
        assertAdmitted(ask(TestToken.valid(ScriptedKeystone.ADMIN_PROJECT, "admin")));
    }

    @Test
    void refusesWhoIsNoAdminInTheAdminProject() {
        assertForbidden(ask(TestToken.valid(ScriptedKeystone.ADMIN_PROJECT, "member+reader")), "HTTPForbidden", DENIED);
    }

    @Test
    void refusesAnOperationThatTheRolesDoNotPermit() {
        assertForbidden(
                with(TestToken.valid(tenant, "reader"))
                        .contentType("application/json")
                        .body(BODY)
                        .post(deployments),
                "Forbidden",
                "You are not authorized to use software_deployments:create.");
    }

    @Test
    void refusesATokenWithoutAKnownRole() {
        assertForbidden(
                ask(TestToken.valid(tenant, "heat_stack_owner")),
                "Forbidden",
                "You are not authorized to use software_deployments:show.");
    }

    @Test
    void doesNotTellTheCaseOfARoleApart() {
        assertAdmitted(ask(TestToken.valid(tenant, "Reader")));
    }
}
