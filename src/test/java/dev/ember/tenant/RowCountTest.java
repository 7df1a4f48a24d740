package dev.ember.tenant;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ember.HttpTest;
import dev.ember.TestDatabase;
import dev.ember.database.Statements;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
class RowCountTest extends HttpTest {

    @Inject
    Statements statements;

    private void store(String of, int number) throws SQLException {
        TestDatabase.execute(
                """
                insert into software_deployment (id, tenant_id, config_id, server_id, action, status, created_at, updated_at)
                select gen_random_uuid(), '%s', 'c', 's', 'a', 'COMPLETE', now(), now() from generate_series(1, %d)"""
                        .formatted(of, number));
    }

    @Test
    void countsTheRowsOfOneTenantInRanges() throws Exception {
        RowCount count = new RowCount(statements, "software_deployment", new UUID(0, 0));
        assertEquals(0, count.of(tenant));
        store(tenant + "-other", 3);
        store(tenant, 9_999);
        assertEquals(9_999, count.of(tenant));
        store(tenant, 1);
        assertEquals(10_000, count.of(tenant));
        store(tenant, 15_000);
        assertEquals(25_000, count.of(tenant));
        TestDatabase.execute("delete from software_deployment where tenant_id like '" + tenant + "%'");
    }
}
