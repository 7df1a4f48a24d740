package dev.ember.identity.keystone;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class TenantTest extends KeystoneTest {

    private static final String DENIED = "Access was denied to this resource.";

    @Test
    void rejectsATokenOfAnotherProject() {
        assertForbidden(ask(TestToken.valid("other", "member")), "HTTPForbidden", DENIED);
    }

    @Test
    void rejectsATokenOfAProjectWhoseIdDiffersInCase() {
        assertForbidden(ask(TestToken.valid(tenant.toUpperCase(Locale.ROOT), "member")), "HTTPForbidden", DENIED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"member", "admin"})
    void rejectsATokenWithoutAProject(String role) {
        assertForbidden(ask(TestToken.valid("", role)), "HTTPForbidden", DENIED);
    }

    @Test
    void rejectsTheAdminOfAnyOtherProject() {
        assertForbidden(ask(TestToken.valid("other", "admin")), "HTTPForbidden", DENIED);
    }

    @Test
    void acceptsTheAdminOfTheAdminProjectForEveryTenant() {
        assertAdmitted(ask(TestToken.valid(ScriptedKeystone.ADMIN_PROJECT, "admin")));
    }

    @Test
    void limitsTheAdminOfTheAdminProjectToTheTenantInThePath() {
        TestToken admin = TestToken.valid(ScriptedKeystone.ADMIN_PROJECT, "admin");
        String deployment = created(admin, deployments, BODY, "software_deployment.id");
        String config = created(member, configs, "{}", "software_config.id");
        with(admin).get(deployments).then().body("software_deployments.id", equalTo(List.of(deployment)));
        with(admin).get(configs).then().body("software_configs.id", equalTo(List.of(config)));
        String own = ScriptedKeystone.ADMIN_PROJECT;
        with(admin)
                .get(deploymentsOf(own))
                .then()
                .statusCode(200)
                .body("software_deployments.id", not(hasItem(deployment)));
        with(admin).get(configsOf(own)).then().statusCode(200).body("software_configs.id", not(hasItem(config)));
        with(admin).get(deploymentsOf(own) + "/" + deployment).then().statusCode(404);
        with(admin).get(configsOf(own) + "/" + config).then().statusCode(404);
    }

    private static String created(TestToken token, String path, String body, String id) {
        return with(token)
                .contentType("application/json")
                .body(body)
                .post(path)
                .then()
                .statusCode(200)
                .extract()
                .path(id);
    }

    @Test
    void rejectsOtherRolesInTheAdminProject() {
        assertForbidden(ask(TestToken.valid(ScriptedKeystone.ADMIN_PROJECT, "member+reader")), "HTTPForbidden", DENIED);
    }

    @Test
    void rejectsAnOperationThatTheRolesDoNotPermit() {
        assertForbidden(
                with(TestToken.valid(tenant, "reader"))
                        .contentType("application/json")
                        .body(BODY)
                        .post(deployments),
                "Forbidden",
                "You are not authorized to use software_deployments:create.");
    }

    @Test
    void rejectsATokenWithoutAKnownRole() {
        assertForbidden(
                ask(TestToken.valid(tenant, "heat_stack_owner")),
                "Forbidden",
                "You are not authorized to use software_deployments:show.");
    }

    @Test
    void ignoresTheCaseOfRoles() {
        assertAdmitted(ask(TestToken.valid(tenant, "Reader")));
    }
}
