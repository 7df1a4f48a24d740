package dev.ember.identity.keystone;

import dev.ember.identity.PermissionTable;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
@WithTestResource(TestKeystone.class)
class PermissionTest extends PermissionTable {

    @Override
    protected Credentials credentials(String project, String role) {
        return new Credentials("X-Auth-Token", TestToken.valid(project, role).text());
    }
}
