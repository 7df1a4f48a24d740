package dev.ember.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ember.RandomJson;
import java.util.List;
import java.util.Random;

/** Generates bodies of requests that create configs. The same seed generates the same bodies. */
final class ConfigBodies {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final List<String> TYPES = List.of("String", "Number", "CommaDelimitedList", "Json", "Boolean");

    private final Random random;
    private final RandomJson json;

    ConfigBodies(long seed) {
        random = new Random(seed);
        json = new RandomJson(random);
    }

    /** Returns a body with every field, whose inputs and outputs are already normalized. */
    ObjectNode normalized() {
        ObjectNode body = JSON.objectNode();
        body.put("name", random.nextInt(5) == 0 ? null : json.text(255));
        body.put("group", random.nextInt(5) == 0 ? null : json.text(255));
        body.set("config", json.value(0));
        ArrayNode inputs = body.putArray("inputs");
        ArrayNode outputs = body.putArray("outputs");
        for (int n = random.nextInt(4); n > 0; n--) {
            inputs.add(normalizedInput());
            outputs.add(item().put("error_output", random.nextBoolean()));
        }
        body.set("options", json.object(0).put("some", "option"));
        return body;
    }

    /** Returns a body whose inputs and outputs may need normalization. */
    ObjectNode any() {
        ObjectNode body = normalized();
        ObjectNode input = JSON.objectNode();
        input.put("value", 1);
        if (random.nextBoolean()) {
            input.put("default", json.text(20));
        } else {
            input.put("type", TYPES.get(random.nextInt(TYPES.size()))).putNull("default");
        }
        input.put("name", random.nextInt());
        ((ArrayNode) body.get("inputs")).add(input);
        ((ArrayNode) body.get("outputs"))
                .add(JSON.objectNode()
                        .put("error_output", "TRUE")
                        .putNull("type")
                        .putNull("name"));
        return body;
    }

    /** Makes one field invalid and returns its name. */
    String makeInvalid(ObjectNode body) {
        String field;
        switch (random.nextInt(5)) {
            case 0 -> body.put(field = random.nextBoolean() ? "name" : "group", "x".repeat(256 + random.nextInt(9)));
            case 1 -> body.put(field = random.nextBoolean() ? "name" : "group", random.nextInt());
            case 2 ->
                body.set(
                        field = random.nextBoolean() ? "inputs" : "outputs",
                        JSON.objectNode().put("a", 1));
            case 3 -> {
                field = random.nextBoolean() ? "inputs" : "outputs";
                ((ArrayNode) body.get(field)).add(item().set("x" + json.text(5), json.value(0)));
            }
            default -> {
                field = random.nextBoolean() ? "inputs" : "outputs";
                ((ArrayNode) body.get(field)).add(item().put("type", "x" + json.text(5)));
            }
        }
        return field;
    }

    private ObjectNode item() {
        ObjectNode item = JSON.objectNode().put("name", json.text(20));
        if (random.nextBoolean()) {
            item.put("description", json.text(20));
        }
        return item.put("type", TYPES.get(random.nextInt(TYPES.size())));
    }

    private ObjectNode normalizedInput() {
        ObjectNode input = item();
        if (random.nextBoolean()) {
            input.set("default", defaultOf(input.get("type").textValue()));
        }
        if (random.nextBoolean()) {
            input.put("replace_on_change", true);
        }
        if (random.nextBoolean()) {
            input.set("value", json.value(0));
        }
        return input;
    }

    private JsonNode defaultOf(String type) {
        return switch (type) {
            case "Number" -> json.number();
            case "CommaDelimitedList" -> json.array(1);
            case "Json" -> json.object(1);
            case "Boolean" -> JSON.booleanNode(random.nextBoolean());
            default -> JSON.textNode(json.text(20));
        };
    }
}
