package dev.ember.packaged;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdvisoryTest {

    private static final Advisory ADVISORY =
            new Advisory("CVE-0", "a:b", List.of("4.1.9.Final", "4.2.3.Final"), "what", "source");

    @ParameterizedTest
    @CsvSource({
        "4.1.8.Final, true",
        "4.1.9.Final, false",
        "4.1.10.Final, false",
        "4.2.0.Final, true",
        "4.2.2.Final, true",
        "4.2.3.Final, false",
        "4.2.3.1, false",
        "4.3.0, false",
        "5.0, false",
        "4.0.99, true",
        "3.9, true"
    })
    void affectsVersionsBeforeTheFixOfTheirReleaseLine(String version, boolean affected) {
        assertEquals(affected, ADVISORY.affects(version));
    }
}
