package dev.ember.identity.token;

import dev.ember.text.Sha256;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * The SHA-256 digest of a token. The service caches the digest instead of the token, so that its memory contains no
 * usable token.
 */
record TokenDigest(long first, long second, long third, long fourth) {

    /** The length of the longest accepted token, in characters. A Fernet token has about 200, a JWS token about 800. */
    static final int MAX_LENGTH = 8_192;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final ThreadLocal<MessageDigest> SHA_256 = ThreadLocal.withInitial(Sha256::newDigest);

    /**
     * The digest of a token. Null if the text cannot be a token, because it is empty, too long, or contains other
     * characters than visible ASCII.
     */
    static TokenDigest of(String text) {
        byte[] token = text.getBytes(StandardCharsets.UTF_8);
        if (token.length == 0 || token.length > MAX_LENGTH || !isVisibleAscii(token)) {
            return null;
        }
        byte[] digest = SHA_256.get().digest(token);
        return new TokenDigest(
                (long) LONG.get(digest, 0),
                (long) LONG.get(digest, Long.BYTES),
                (long) LONG.get(digest, 2 * Long.BYTES),
                (long) LONG.get(digest, 3 * Long.BYTES));
    }

    private static boolean isVisibleAscii(byte[] text) {
        for (byte character : text) {
            if (character <= ' ' || character > '~') {
                return false;
            }
        }
        return true;
    }
}
