package dev.ember.identity.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ember.identity.IdentityFailure;
import dev.ember.identity.InvalidToken;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProviderLogTest {

    private static final String FAILS = "Keystone at https://k/v3 cannot validate tokens: ";
    private static final String WORKS = "Keystone at https://k/v3 validates tokens again";

    private final Logger logger = Logger.getLogger(ProviderLog.class.getName());
    private final Lines lines = new Lines();
    private long seconds = 100;
    private final ProviderLog log =
            new ProviderLog("Keystone at https://k/v3 cannot validate tokens", WORKS, () -> seconds * 1_000_000_000);

    @BeforeEach
    void add() {
        logger.addHandler(lines);
    }

    @AfterEach
    void remove() {
        logger.removeHandler(lines);
    }

    @Test
    void logsNothingWhileTheProviderWorks() {
        report(null, null);
        assertEquals(List.of(), lines.text);
    }

    @Test
    void logsTheSameReasonOnce() {
        report("a", "a", "a");
        assertEquals(List.of(FAILS + "a"), lines.text);
    }

    @Test
    void logsAChangedReasonAndTheRecovery() {
        report("a", "b", null, "b");
        assertEquals(List.of(FAILS + "a", FAILS + "b", WORKS, FAILS + "b"), lines.text);
    }

    @Test
    void treatsARejectedTokenAsASuccess() {
        report("a");
        log.report(new InvalidToken());
        assertEquals(List.of(FAILS + "a", WORKS), lines.text);
    }

    @Test
    void logsAtMostOneLineASecond() {
        for (int i = 0; i < 10; i++) {
            log.report(new IdentityFailure("reason " + i));
        }
        assertEquals(List.of(FAILS + "reason 0"), lines.text);
        seconds++;
        report("reason 9");
        assertEquals(List.of(FAILS + "reason 0", FAILS + "reason 9"), lines.text);
    }

    private void report(String... reasons) {
        for (String reason : reasons) {
            log.report(reason == null ? null : new IdentityFailure(reason));
            seconds++;
        }
    }

    private static final class Lines extends Handler {

        private final List<String> text = new ArrayList<>();

        @Override
        public void publish(LogRecord line) {
            text.add(new PatternFormatter("%s").format(ExtLogRecord.wrap(line)));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
