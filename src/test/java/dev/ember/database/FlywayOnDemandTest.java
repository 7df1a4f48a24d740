package dev.ember.database;

import static org.junit.jupiter.api.Assertions.assertNull;

import dev.ember.TestDatabase;
import io.quarkus.flyway.runtime.FlywayContainer;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(TestDatabase.class)
class FlywayOnDemandTest {

    @Inject
    FlywayContainer extension;

    @Test
    void leavesTheExtensionWithoutFlyway() {
        assertNull(extension.getFlyway());
    }
}
