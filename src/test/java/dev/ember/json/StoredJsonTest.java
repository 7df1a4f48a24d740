package dev.ember.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/**
 * What a request may store can be read again. A parser limits names to 50,000 characters by default, and a body does
 * not.
 */
class StoredJsonTest {

    private static final String VALUE = "{\"" + "n".repeat(60_000) + "\":1}";

    @Test
    void parsesNamesOfAnyLength() {
        assertEquals(VALUE, StoredJson.write(StoredJson.parse(VALUE)));
    }

    @Test
    void readsSlicesWithNamesOfAnyLength() throws IOException {
        try (JsonValues values = new JsonValues(("[[" + VALUE + ",2]]").getBytes(StandardCharsets.UTF_8))) {
            assertTrue(values.nextArray());
            values.slice();
            assertEquals(2, values.integer());
        }
    }
}
