package dev.ember.json;

import dev.ember.fault.RequestTooLarge;
import jakarta.validation.Validator;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyReader;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;

/** Reads the body of every request that has one, up to Heat's {@code max_json_body_size}. */
@Provider
@Consumes(MediaType.WILDCARD)
public class JsonBodyReader implements MessageBodyReader<JsonBody> {

    /** The largest body that is read, in bytes. */
    static final int MAX_BYTES = 1_048_576;

    /**
     * How much of a body that is too large is thrown away before the answer, for clients that read only after they
     * wrote.
     */
    private static final int MAX_BYTES_DISCARDED = 16 * MAX_BYTES;

    private final Validator validator;

    JsonBodyReader(Validator validator) {
        this.validator = validator;
    }

    @Override
    public boolean isReadable(Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
        return type == JsonBody.class;
    }

    @Override
    public JsonBody readFrom(
            Class<JsonBody> type,
            Type genericType,
            Annotation[] annotations,
            MediaType mediaType,
            MultivaluedMap<String, String> headers,
            InputStream in)
            throws IOException {
        byte[] bytes = in.readNBytes(MAX_BYTES + 1);
        if (bytes.length > MAX_BYTES) {
            discard(in);
            throw new RequestTooLarge(MAX_BYTES);
        }
        return new JsonBody(bytes, Json.read(bytes), validator);
    }

    private static void discard(InputStream in) throws IOException {
        byte[] buffer = new byte[8_192];
        long discarded = 0;
        for (int n = 0; n >= 0 && discarded < MAX_BYTES_DISCARDED; n = in.read(buffer)) {
            discarded += n;
        }
    }
}
