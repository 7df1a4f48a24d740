package dev.ember.quota;

import dev.ember.fault.QuotaReached;
import dev.ember.identity.Caller;
import dev.ember.lifecycle.StartRefused;
import io.quarkus.hibernate.orm.panache.Panache;
import jakarta.persistence.EntityManager;
import java.util.regex.Pattern;

/** The most rows of a table that belong to one tenant. */
final class Quota {

    private static final Pattern NUMBER = Pattern.compile("-1|[0-9]{1,9}");
    private static final int NONE = -1;

    private final String table;
    private final String things;
    private final int most;

    /**
     * @param things what the table holds, as the refusal of one more says
     * @param variable where the setting comes from, for the operator
     * @throws StartRefused when the setting is no quota
     */
    Quota(String table, String things, String variable, String setting) {
        if (!NUMBER.matcher(setting).matches()) {
            throw StartRefused.setting(variable, setting, "a number between 0 and 999999999, or -1 for no quota");
        }
        this.table = table;
        this.things = things;
        this.most = Integer.parseInt(setting);
    }

    boolean limits(Caller caller) {
        return most != NONE && !caller.administrator();
    }

    /** Counts only where there is a quota, and never further than to it. */
    void admit(Caller caller) {
        if (!limits(caller)) {
            return;
        }
        EntityManager database = Panache.getEntityManager();
        // Two that count at the same time would both find room for the last one.
        database.createNativeQuery("select 1 from pg_advisory_xact_lock(hashtextextended(?1, 0))")
                .setParameter(1, table + " " + caller.project())
                .getSingleResult();
        // A statement of its own: it sees what was committed while the first one waited.
        Number rows = (Number) database.createNativeQuery(
                        "select count(*) from (select 1 from " + table + " where tenant_id = ?1 limit ?2) as mine")
                .setParameter(1, caller.project())
                .setParameter(2, most)
                .getSingleResult();
        if (rows.intValue() >= most) {
            throw new QuotaReached(things, most);
        }
    }
}
