package dev.ember.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

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
    void hasNothingLeftOfTheTokenBefore() {
        TokenDigest expected = TokenDigest.of("short");
        TokenDigest.of("something longer");
        assertEquals(expected, TokenDigest.of("short"));
        assertNotEquals(expected, TokenDigest.of("shorten"));
    }
}
