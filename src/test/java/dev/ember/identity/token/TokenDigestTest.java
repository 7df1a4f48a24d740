package dev.ember.identity.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import org.junit.jupiter.api.Test;

class TokenDigestTest {

    /** The first example of FIPS 180-2, appendix B. */
    @Test
    void isSha256() {
        assertEquals(
                new TokenDigest(0xba7816bf8f01cfeaL, 0x414140de5dae2223L, 0xb00361a396177a9cL, 0xb410ff61f20015adL),
                TokenDigest.of("abc"));
    }

    @Test
    void isTheSameForTheSameToken() {
        TokenDigest expected = TokenDigest.of("short");
        TokenDigest.of("something longer");
        assertEquals(expected, TokenDigest.of("short"));
        assertNotEquals(expected, TokenDigest.of("shorten"));
    }

    @Test
    void isNullForAMalformedToken() {
        for (String text : List.of("", "a b", "a\u007f", "a\u00e4", "a\u0141", "a\n", "a".repeat(8_193))) {
            assertNull(TokenDigest.of(text), text);
        }
        assertNotNull(TokenDigest.of("!" + "a".repeat(8_190) + "~"));
    }
}
