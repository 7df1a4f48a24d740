package dev.ember.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalUuidTest {

    private static final UUID UUID_7 = UUID.fromString("01a20956-f4dc-7a31-91cd-64b9d88f2add");

    @Test
    void readsEitherCase() {
        assertEquals(Optional.of(UUID_7), CanonicalUuid.parse("01a20956-f4dc-7a31-91cd-64b9d88f2add"));
        assertEquals(Optional.of(UUID_7), CanonicalUuid.parse("01A20956-F4DC-7a31-91CD-64B9D88F2ADD"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "1-1-1-1-1",
                "01a20956f4dc7a3191cd64b9d88f2add",
                "{01a20956-f4dc-7a31-91cd-64b9d88f2add}",
                " 01a20956-f4dc-7a31-91cd-64b9d88f2add",
                "01a20956-f4dc-7a31-91cd-64b9d88f2ad",
                "01a20956-f4dc-7a31-91cd-64b9d88f2adg",
                "01a209560-f4dc-7a31-91cd-64b9d88f2ad",
                "01a20956-f4dc-7a31-91cd-64b9d88f2add-"
            })
    void rejectsEverythingElse(String text) {
        assertEquals(Optional.empty(), CanonicalUuid.parse(text));
    }
}
