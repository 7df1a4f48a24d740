package dev.ember.quota;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ember.HttpTest;
import dev.ember.TestDatabase;
import dev.ember.database.Statements;
import dev.ember.housekeeping.HousekeepingTask;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The counters of quotas are right, whatever replicas without a quota have created and deleted. */
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
    void countsWhatIsCreatedAndDeleted() {
        String id = createId(configs, "{}");
        createId(configs, "{}");
        assertEquals("2", used());
        given().delete(configs + "/" + id).then().statusCode(204);
        assertEquals("1", used());
        json("{\"inputs\": 1}").post(configs).then().statusCode(400);
        assertEquals("1", used());
    }

    @Test
    void countsAgainAfterAStart() throws Exception {
        createId(configs, "{}");
        TestDatabase.execute("update quota_usage set used = 3 where tenant_id = '" + tenant + "'");
        json("{}").post(configs).then().statusCode(400);
        HousekeepingTask recount = new QuotaRecount(statements, quotas.configs(), tenant -> 1) {};
        while (recount.batch() != HousekeepingTask.Progress.END) {}
        assertEquals(false, recount.isNeeded());
        assertEquals("1", used());
        json("{}").post(configs).then().statusCode(200);
        assertEquals(List.of("2"), List.of(used()));
    }
}
