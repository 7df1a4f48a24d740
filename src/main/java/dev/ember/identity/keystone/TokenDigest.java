package dev.ember.identity.keystone;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The SHA-256 of a token: what the service remembers in its place, so that its memory holds no token that works. */
record TokenDigest(long first, long second, long third, long fourth) {

    /** The longest token that is looked at, in characters; a Fernet token has some 200, a JWS one some 800. */
    static final int MAX_LENGTH = 8_192;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final ThreadLocal<MessageDigest> SHA_256 = ThreadLocal.withInitial(TokenDigest::sha256);

    /** The digest of a token, or null when a text cannot be one: it is not of visible ASCII alone, or too long. */
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

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
