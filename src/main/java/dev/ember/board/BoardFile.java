package dev.ember.board;

import dev.ember.etag.EntityTag;
import dev.ember.text.Sha256;
import io.vertx.core.buffer.Buffer;
import java.util.HexFormat;

/**
 * A file of the board in memory.
 *
 * @param content the bytes of the file
 * @param mediaType the value of its Content-Type header
 * @param tag identifies the content
 */
record BoardFile(Buffer content, String mediaType, EntityTag tag) {

    /** The number of bytes of the digest in a tag. */
    private static final int TAG_BYTES = 16;

    static BoardFile of(byte[] content, String mediaType) {
        byte[] digest = Sha256.newDigest().digest(content);
        String tag = HexFormat.of().formatHex(digest, 0, TAG_BYTES);
        return new BoardFile(Buffer.buffer(content), mediaType, new EntityTag(tag));
    }
}
