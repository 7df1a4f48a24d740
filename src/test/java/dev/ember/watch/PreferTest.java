package dev.ember.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PreferTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "wait=1                             | 1",
                "wait=60                            | 60",
                "wait=61                            | 60",
                "wait=999999999                     | 60",
                "wait=010                           | 10",
                "WAIT = 10                          | 10",
                "wait=\"10\"                      | 10",
                "wait=10;foo=bar;x                  | 10",
                "respond-async, wait=10             | 10",
                "return=minimal; a=\", wait=5\", wait=10 | 10",
                ", ,wait=10,                        | 10",
                "wait=10, wait=20                   | 10",
                "wait=10, not a list                | 10"
            })
    void readsTheSecondsToWait(String header, int seconds) {
        assertEquals(OptionalInt.of(seconds), Prefer.waitSeconds(List.of(header)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "wait",
                "wait=",
                "wait=0",
                "wait=-1",
                "wait=1.5",
                "wait=ten",
                "wait=\"10",
                "wait=1000000000000",
                "awaiting=10",
                "wait=x, wait=10",
                "not a list, wait=10",
                "handling=lenient"
            })
    void ignoresOtherPreferences(String header) {
        assertEquals(OptionalInt.empty(), Prefer.waitSeconds(List.of(header)));
    }

    @Test
    void readsAllHeadersAsOneList() {
        assertEquals(OptionalInt.of(7), Prefer.waitSeconds(List.of("respond-async", "wait=7")));
        assertEquals(OptionalInt.empty(), Prefer.waitSeconds(List.of()));
    }

    @Test
    void readsALongHeaderInLinearTime() {
        assertEquals(OptionalInt.empty(), Prefer.waitSeconds(List.of("a;".repeat(8_000) + "=")));
        assertEquals(OptionalInt.empty(), Prefer.waitSeconds(List.of(" ".repeat(16_000) + "=")));
    }
}
