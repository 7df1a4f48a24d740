package dev.ember.audit;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.not;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtLogRecord;

/** Collects the audit lines that the service writes while this object is open. */
public final class AuditLines extends Handler implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(AuditLog.class.getName());

    private final List<Map<String, String>> lines = new CopyOnWriteArrayList<>();

    public AuditLines() {
        LOG.addHandler(this);
    }

    /**
     * Waits until a number of lines about a tenant exist, and returns the fields of each. The service writes the lines
     * after the responses.
     */
    public List<Map<String, String>> of(String tenant, int number) throws InterruptedException {
        List<Map<String, String>> found = List.of();
        for (int i = 0; i < 500 && found.size() < number; i++) {
            Thread.sleep(10);
            found = lines.stream()
                    .filter(line -> tenant.equals(line.get("tenant")))
                    .toList();
        }
        assertThat(found, not(empty()));
        return found;
    }

    @Override
    public void publish(LogRecord line) {
        lines.add(ExtLogRecord.wrap(line).getMdcCopy());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        LOG.removeHandler(this);
    }
}
