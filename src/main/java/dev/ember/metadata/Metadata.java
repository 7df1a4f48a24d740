package dev.ember.metadata;

import dev.ember.etag.EntityTag;
import java.nio.charset.StandardCharsets;

/**
 * What a server is to run.
 *
 * @param tag what that is called
 * @param json what clients get, in UTF-8
 * @see MetadataEnvelope
 */
record Metadata(EntityTag tag, byte[] json) {

    /** That of a server without deployments, and of an unknown one. */
    static final Metadata NOTHING =
            new Metadata(new EntityTag("nothing"), "{\"metadata\":[]}".getBytes(StandardCharsets.UTF_8));
}
