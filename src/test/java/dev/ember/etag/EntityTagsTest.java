package dev.ember.etag;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ember.fault.InvalidHeader;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EntityTagsTest {

    private static final EntityTag TAG = new EntityTag("a,b");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"a,b\"          | true  | true",
                "W/\"a,b\"        | false | true",
                "*                | true  | true",
                "` \t* `          | true  | true",
                "\"a\", \"b\"     | false | false",
                "\"c\",\"a,b\"    | true  | true",
                ", ,\"a,b\" ,,    | true  | true",
                "W/\"c\" ,\"a,b\" | true  | true",
                "\"A,B\"          | false | false",
                "\"\"             | false | false",
                "\"*\"            | false | false"
            })
    void compareStronglyAndWeakly(String header, boolean strongly, boolean weakly) {
        EntityTags tags = EntityTags.of("If-Match", List.of(header));
        assertEquals(strongly, tags.matchStrongly(TAG));
        assertEquals(weakly, tags.matchWeakly(TAG));
    }

    @Test
    void combineSeveralHeadersIntoOneList() {
        EntityTags tags = EntityTags.of("If-Match", List.of("\"c\"", "\"a,b\""));
        assertEquals(true, tags.matchStrongly(TAG));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ",",
                "a",
                "'a'",
                "\"a",
                "a\"",
                "\"a\"b",
                "w/\"a\"",
                "W/",
                "W/ \"a\"",
                "\"a\" \"b\"",
                "\"a b\"",
                "*, \"a\"",
                "\"a\", *",
                "**",
                "\"\t\""
            })
    void rejectMalformedHeaders(String header) {
        InvalidHeader fault = assertThrows(InvalidHeader.class, () -> EntityTags.of("If-Match", List.of(header)));
        assertEquals("If-Match must be * or a list of quoted entity tags", fault.getMessage());
    }
}
