package dev.ember.watch;

import dev.ember.etag.EntityTag;
import dev.ember.tenant.JsonLookup.Found;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * Renders the events of a stream.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation">The format
 *     of event streams</a>
 */
final class ServerSentEvent {

    /** The media type of a stream. */
    static final String MEDIA_TYPE = "text/event-stream";

    /** An empty comment. It keeps proxies from closing the connection. */
    static final byte[] COMMENT = bytes(":\n\n");

    /** The client has received the current state of all deployments. */
    static final byte[] SYNCED = bytes("event: synced\ndata: {}\n\n");

    private ServerSentEvent() {}

    static byte[] deployment(Found found) {
        ByteArrayOutputStream event = new ByteArrayOutputStream(found.json().length + 100);
        event.writeBytes(bytes("event: deployment\nid: " + new EntityTag(found.tag()) + "\ndata: "));
        event.writeBytes(inOneLine(found.json()));
        event.writeBytes(bytes("\n\n"));
        return event.toByteArray();
    }

    static byte[] deleted(UUID deployment) {
        return bytes("event: deleted\ndata: {\"id\": \"" + deployment + "\"}\n\n");
    }

    /** Replaces line breaks. JSON has them only between values. */
    private static byte[] inOneLine(byte[] json) {
        for (int i = 0; i < json.length; i++) {
            if (json[i] == '\n' || json[i] == '\r') {
                json[i] = ' ';
            }
        }
        return json;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
