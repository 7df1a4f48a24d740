package dev.ember.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ember.fault.InvalidSchema;
import java.util.Set;
import java.util.function.Consumer;

/** One of a config's inputs or outputs: what the client gave, and the normal form as far as it is made. */
final class Member {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final String position;
    private final JsonNode given;
    private final ObjectNode normal = NODES.objectNode();

    private Member(String position, JsonNode given) {
        this.position = position;
        this.given = given;
    }

    /**
     * Normalizes a list of members.
     *
     * @param field what the list is called in the request
     * @param list what the client gave, or null
     * @param keys what a member may have; Heat reads {@code self} as a fault of another kind
     * @param normalize makes the normal form of one member
     * @throws InvalidSchema when something breaks the schema
     */
    static ArrayNode normalizeAll(String field, JsonNode list, Set<String> keys, Consumer<Member> normalize) {
        ArrayNode all = NODES.arrayNode();
        if (Falsy.is(list)) {
            return all;
        }
        if (!list.isArray()) {
            throw InvalidSchema.shape(field, "must be a list of objects");
        }
        for (JsonNode given : list) {
            Member member = new Member(field + "[" + all.size() + "]", given);
            member.check(keys);
            normalize.accept(member);
            all.add(member.normal);
        }
        return all;
    }

    private void check(Set<String> keys) {
        if (!given.isObject()) {
            throw InvalidSchema.shape(position, "must be an object");
        }
        if (given.has("self")) {
            throw InvalidSchema.shape(position, "must not have the key self");
        }
        given.fieldNames().forEachRemaining(key -> {
            if (!keys.contains(key)) {
                throw InvalidSchema.member(
                        position,
                        "has an unknown key; known are "
                                + String.join(", ", keys.stream().sorted().toList()));
            }
        });
        if (!given.has("name")) {
            throw InvalidSchema.member(position("name"), "is required");
        }
    }

    boolean has(String key) {
        return given.has(key);
    }

    /** What the client gave, or null when the key is absent. */
    JsonNode given(String key) {
        return given.get(key);
    }

    String position(String key) {
        return position + "." + key;
    }

    void readName() {
        read("name", converted("name", ValueType.STRING));
    }

    void readDescription() {
        if (has("description")) {
            read("description", converted("description", ValueType.STRING));
        }
    }

    void readType() {
        normal.put("type", type().word());
    }

    void read(String key, JsonNode value) {
        normal.set(key, value);
    }

    void read(String key, boolean value) {
        read(key, BooleanNode.valueOf(value));
    }

    /** The type of its value; text unless the client says otherwise. */
    ValueType type() {
        JsonNode type = given.get("type");
        if (type == null || type.isNull()) {
            return ValueType.STRING;
        }
        return ValueType.of(type)
                .orElseThrow(() -> InvalidSchema.member(position("type"), "must be one of " + ValueType.words()));
    }

    /** A key with true or false; false when it is absent or null. */
    boolean flag(String key) {
        return has(key) && converted(key, ValueType.BOOLEAN).booleanValue();
    }

    /** A key's value as a value of a type. */
    JsonNode converted(String key, ValueType type) {
        JsonNode value = given.get(key);
        if (value.isNull()) {
            return type.zero();
        }
        if (key.equals("default") && value.isTextual() && value.textValue().isEmpty()) {
            return value;
        }
        return type.convert(value).orElseThrow(() -> InvalidSchema.member(position(key), type.rule()));
    }
}
