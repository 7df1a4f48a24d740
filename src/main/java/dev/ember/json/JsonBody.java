package dev.ember.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ember.fault.InvalidData;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import java.util.Locale;
import java.util.function.Function;

/** The body of a request: a JSON object that is not validated yet. */
public final class JsonBody {

    private final byte[] bytes;
    private ObjectNode object;
    private final Validator validator;

    JsonBody(byte[] bytes, ObjectNode object, Validator validator) {
        this.bytes = bytes;
        this.object = object;
        this.validator = validator;
    }

    /** Returns the body as it was sent. The caller must not modify the array. */
    public byte[] bytes() {
        return bytes;
    }

    /**
     * Converts the object to a request record and validates the constraints of the record.
     *
     * <p>The parsed object takes much more memory than the bytes. It is released here, before the request waits for the
     * database. If the transaction is retried and the record is needed again, the bytes are parsed again.
     *
     * @param reader creates the record from the fields; the JSON names are the component names in snake case
     * @throws InvalidData when fields have the wrong type or violate a constraint; the fault lists all of them
     */
    public <T> T as(Function<JsonFields, T> reader) {
        JsonFields fields = new JsonFields(object == null ? Json.read(bytes) : object);
        object = null;
        T request = reader.apply(fields);
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
