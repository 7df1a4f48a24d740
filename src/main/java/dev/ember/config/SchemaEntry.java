package dev.ember.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ember.fault.InvalidSchema;
import java.util.Set;
import java.util.function.Consumer;

/** An input or output of a config: the object that the client sent, and its normal form. */
final class SchemaEntry {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final String position;
    private final JsonNode source;
    private final ObjectNode normal = NODES.objectNode();

    private SchemaEntry(String position, JsonNode source) {
        this.position = position;
        this.source = source;
    }

    /**
     * Normalizes a list of inputs or outputs.
     *
     * @param field the name of the list in the request
     * @param list the list as the client sent it, or null
     * @param keys the allowed keys of an entry. The key {@code self} gets another type of fault, as in Heat
     * @param normalizer normalizes one entry
     * @throws InvalidSchema when an entry violates the schema
     */
    static ArrayNode normalizeAll(String field, JsonNode list, Set<String> keys, Consumer<SchemaEntry> normalizer) {
        ArrayNode all = NODES.arrayNode();
        if (Falsy.is(list)) {
            return all;
        }
        if (!list.isArray()) {
            throw InvalidSchema.shape(field, "must be a list of objects");
        }
        for (JsonNode source : list) {
            SchemaEntry entry = new SchemaEntry(field + "[" + all.size() + "]", source);
            entry.validate(keys);
            normalizer.accept(entry);
            all.add(entry.normal);
        }
        return all;
    }

    private void validate(Set<String> keys) {
        if (!source.isObject()) {
            throw InvalidSchema.shape(position, "must be an object");
        }
        if (source.has("self")) {
            throw InvalidSchema.shape(position, "must not have the key self");
        }
        source.fieldNames().forEachRemaining(key -> {
            if (!keys.contains(key)) {
                throw InvalidSchema.member(
                        position,
                        "has an unknown key; allowed keys are "
                                + String.join(", ", keys.stream().sorted().toList()));
            }
        });
        if (!source.has("name")) {
            throw InvalidSchema.member(position("name"), "is required");
        }
    }

    boolean has(String key) {
        return source.has(key);
    }

    /** Returns the value that the client sent, or null when the key is absent. */
    JsonNode get(String key) {
        return source.get(key);
    }

    String position(String key) {
        return position + "." + key;
    }

    void addName() {
        put("name", convert("name", ValueType.STRING));
    }

    void addDescription() {
        if (has("description")) {
            put("description", convert("description", ValueType.STRING));
        }
    }

    void addType() {
        normal.put("type", type().apiName());
    }

    void put(String key, JsonNode value) {
        normal.set(key, value);
    }

    void put(String key, boolean value) {
        put(key, BooleanNode.valueOf(value));
    }

    /** Returns the type of the value. The default is String. */
    ValueType type() {
        JsonNode type = source.get("type");
        if (type == null || type.isNull()) {
            return ValueType.STRING;
        }
        return ValueType.of(type)
                .orElseThrow(() -> InvalidSchema.member(position("type"), "must be one of " + ValueType.apiNames()));
    }

    /** Returns the value of a boolean key. Absent and null are false. */
    boolean isTrue(String key) {
        return has(key) && convert(key, ValueType.BOOLEAN).booleanValue();
    }

    /**
     * Converts the value of a key to a type. Null becomes the zero value of the type. An empty {@code default} stays an
     * empty string.
     */
    JsonNode convert(String key, ValueType type) {
        JsonNode value = source.get(key);
        if (value.isNull()) {
            return type.zero();
        }
        if (key.equals("default") && value.isTextual() && value.textValue().isEmpty()) {
            return value;
        }
        return type.convert(value).orElseThrow(() -> InvalidSchema.member(position(key), type.rule()));
    }
}
