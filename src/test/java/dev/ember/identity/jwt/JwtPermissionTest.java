package dev.ember.identity.jwt;

import dev.ember.identity.PermissionTable;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
@WithTestResource(TestIssuer.class)
class JwtPermissionTest extends PermissionTable {

    @Override
    protected Credentials credentials(String project, String role) {
        return new Credentials(
                "Authorization", "Bearer " + TestIssuer.token(project, role).signedWith(TestKey.RSA));
    }
}
