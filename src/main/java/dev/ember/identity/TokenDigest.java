package dev.ember.identity;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** The SHA-256 of a token: what the service remembers in its place, so that its memory holds no token that works. */
record TokenDigest(long first, long second, long third, long fourth) {

    /** The longest token that is looked at, in characters; a Fernet token has some 200, a JWS one some 800. */
    static final int MAX_LENGTH = 8_192;

    private static final int BYTES = 32;
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final ThreadLocal<Workspace> WORKSPACE = ThreadLocal.withInitial(Workspace::new);

    /** Whether a text can be a token at all: visible ASCII, and not too long. */
    static boolean canBeToken(String token) {
        int length = token.length();
        if (length == 0 || length > MAX_LENGTH) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            char c = token.charAt(i);
            if (c <= ' ' || c > '~') {
                return false;
            }
        }
        return true;
    }

    /** @param token one that {@link #canBeToken} */
    static TokenDigest of(String token) {
        return WORKSPACE.get().digest(token);
    }

    /** What is needed to digest, once for each thread, for every request does it. */
    private static final class Workspace {

        private final MessageDigest sha256;
        private final byte[] token = new byte[MAX_LENGTH];
        private final byte[] digest = new byte[BYTES];

        Workspace() {
            try {
                sha256 = MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }

        TokenDigest digest(String text) {
            for (int i = 0; i < text.length(); i++) {
                token[i] = (byte) text.charAt(i);
            }
            try {
                sha256.update(token, 0, text.length());
                sha256.digest(digest, 0, BYTES);
            } catch (DigestException e) {
                throw new IllegalStateException(e);
            } finally {
                Arrays.fill(token, 0, text.length(), (byte) 0);
            }
            return new TokenDigest(
                    (long) LONG.get(digest, 0), (long) LONG.get(digest, 8), (long) LONG.get(digest, 16), (long)
                            LONG.get(digest, 24));
        }
    }
}
