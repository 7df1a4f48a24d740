package dev.ember.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ember.fault.InvalidData;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import java.util.Locale;
import java.util.function.Function;

/** The body of a request: a JSON object, of which nothing more is known yet. */
public final class JsonBody {

    private final byte[] bytes;
    private ObjectNode object;
    private final Validator validator;

    JsonBody(byte[] bytes, ObjectNode object, Validator validator) {
        this.bytes = bytes;
        this.object = object;
        this.validator = validator;
    }

    /** The body as it was sent; not to be changed. */
    public byte[] bytes() {
        return bytes;
    }

    /**
     * Turns the object into a request record and checks it against the record's constraints. The object, which takes
     * much more memory than the bytes, is not kept while the request waits for the database: should the request be read
     * a second time, because its transaction is repeated, the bytes are parsed again.
     *
     * @param reading makes the record from the fields; the JSON names are those of its components in snake case
     * @throws InvalidData when fields have the wrong type or break a constraint; it names all of them
     */
    public <T> T as(Function<JsonFields, T> reading) {
        JsonFields fields = new JsonFields(object == null ? Json.read(bytes) : object);
        object = null;
        T request = reading.apply(fields);
        for (ConstraintViolation<T> violation : validator.validate(request)) {
            fields.reject(snakeCase(violation.getPropertyPath().toString()), violation.getMessage());
        }
        fields.throwIfAnyWasRejected();
        return request;
    }

    private static String snakeCase(String camelCase) {
        return camelCase.replaceAll("\\p{Upper}", "_$0").toLowerCase(Locale.ROOT);
    }
}
