package dev.ember.quota;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ember.HttpTest;
import dev.ember.TestDatabase;
import dev.ember.Together;
import dev.ember.database.Statements;
import dev.ember.housekeeping.HousekeepingTask;
import dev.ember.tenant.RowCount;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import jakarta.persistence.PersistenceException;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;

/** A recount corrects the counters of quotas after replicas without a quota have created and deleted rows. */
@QuarkusTest
@TestProfile(QuotaTest.Profile.class)
class QuotaRecountTest extends HttpTest {

    @Inject
    Statements statements;

    @Inject
    Quotas quotas;

    private String used() {
        return TestDatabase.query(
                        "select used from quota_usage where resource = 'configs' and tenant_id = '" + tenant + "'")
                .get(0);
    }

    @Test
    void countsCreatesAndDeletes() {
        String id = createId(configs, "{}");
        createId(configs, "{}");
        assertEquals("2", used());
        given().delete(configs + "/" + id).then().statusCode(204);
        assertEquals("1", used());
        json("{\"inputs\": 1}").post(configs).then().statusCode(400);
        assertEquals("1", used());
    }

    private HousekeepingTask recount(ToLongFunction<String> count) {
        return new QuotaRecount(statements, quotas.configs(), of -> of.equals(tenant) ? count.applyAsLong(of) : 0) {};
    }

    private static void run(HousekeepingTask recount) throws SQLException {
        while (recount.batch() != HousekeepingTask.Progress.END) {}
    }

    /** Sets the counter to a wrong value, as replicas without a quota leave it because they do not count. */
    private void setUsed(int number) throws SQLException {
        TestDatabase.execute("update quota_usage set used = " + number + " where tenant_id = '" + tenant + "'");
    }

    @Test
    void recountsAfterAStart() throws Exception {
        createId(configs, "{}");
        setUsed(3);
        json("{}").post(configs).then().statusCode(400);
        HousekeepingTask recount = recount(new RowCount(statements, "software_config", "")::of);
        run(recount);
        assertEquals(false, recount.isNeeded());
        assertEquals("1", used());
        json("{}").post(configs).then().statusCode(200);
        assertEquals("2", used());
    }

    @Test
    void countsCreatesAndDeletesDuringTheRecount() throws Exception {
        String id = createId(configs, "{}");
        setUsed(0);
        ToLongFunction<String> count = new RowCount(statements, "software_config", "")::of;
        run(recount(of -> {
            createId(configs, "{}");
            createId(configs, "{}");
            given().delete(configs + "/" + id).then().statusCode(204);
            return count.applyAsLong(of);
        }));
        assertEquals("2", used());
    }

    @Test
    void correctsACounterOnceWhenReplicasRecountConcurrently() throws Exception {
        createId(configs, "{}");
        setUsed(3);
        ToLongFunction<String> count = new RowCount(statements, "software_config", "")::of;
        run(recount(of -> {
            // Runs on another thread because this thread is in a transaction.
            assertDoesNotThrow(() -> Together.run(List.<Callable<Boolean>>of(() -> {
                run(recount(count));
                return true;
            })));
            return count.applyAsLong(of);
        }));
        assertEquals("1", used());
    }

    @Test
    void repeatsAFailedRecount() throws Exception {
        createId(configs, "{}");
        setUsed(3);
        AtomicInteger counts = new AtomicInteger();
        HousekeepingTask recount = recount(of -> {
            if (counts.getAndIncrement() == 0) {
                throw new PersistenceException("The count took too long");
            }
            return 1;
        });
        assertThrows(PersistenceException.class, () -> run(recount));
        run(recount);
        assertEquals(true, recount.isNeeded());
        run(recount);
        assertEquals(false, recount.isNeeded());
        assertEquals("1", used());
    }

    /** A delete creates the missing counter of a tenant, so that a concurrent create waits for it. */
    @Test
    void createsTheCounterOnDelete() throws Exception {
        String id = createId(configs, "{}");
        createId(configs, "{}");
        TestDatabase.execute("delete from quota_usage where tenant_id = '" + tenant + "'");
        given().delete(configs + "/" + id).then().statusCode(204);
        assertEquals("1", used());
    }
}
