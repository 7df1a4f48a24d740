package dev.ember.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Random;

/** Makes bodies of create requests. The same seed makes the same bodies. */
final class Bodies {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String[] STATUSES = {"IN_PROGRESS", "COMPLETE", "FAILED"};

    private final Random random;

    Bodies(long seed) {
        random = new Random(seed);
    }

    ObjectNode valid() {
        ObjectNode body = JSON.objectNode();
        body.put("config_id", nonBlank(255));
        body.put("server_id", nonBlank(255));
        body.put("action", nonBlank(255));
        if (random.nextBoolean()) {
            body.put("stack_user_project_id", text(64));
        }
        if (random.nextBoolean()) {
            body.put("status", random.nextInt(4) == 0 ? null : STATUSES[random.nextInt(STATUSES.length)]);
        }
        if (random.nextBoolean()) {
            body.put("status_reason", text(random.nextInt(10) == 0 ? 65_535 : 300));
        }
        if (random.nextBoolean()) {
            body.set("input_values", object(0));
        }
        if (random.nextBoolean()) {
            body.set("unknown-" + text(5), value(0));
        }
        return body;
    }

    /** Breaks a rule of one field, and returns its name. */
    String spoil(ObjectNode body) {
        String[] required = {"config_id", "server_id", "action"};
        String[] texts = {"config_id", "server_id", "action", "stack_user_project_id", "status_reason"};
        String field;
        switch (random.nextInt(6)) {
            case 0 -> body.remove(field = required[random.nextInt(required.length)]);
            case 1 -> body.put(field = required[random.nextInt(required.length)], " ".repeat(random.nextInt(300)));
            case 2 -> {
                field = texts[random.nextInt(texts.length)];
                int limit = field.equals("status_reason") ? 65_535 : field.equals("stack_user_project_id") ? 64 : 255;
                body.put(field, "x".repeat(limit + 1 + random.nextInt(100)));
            }
            case 3 -> {
                field = texts[random.nextInt(texts.length)];
                JsonNode[] others = {object(2), array(2), number(), JSON.booleanNode(random.nextBoolean())};
                body.set(field, others[random.nextInt(others.length)]);
            }
            case 4 -> body.put(field = "status", text(20) + "?");
            default -> {
                JsonNode[] others = {array(2), number(), JSON.booleanNode(true), JSON.textNode(text(9))};
                body.set(field = "input_values", others[random.nextInt(others.length)]);
            }
        }
        return field;
    }

    private String nonBlank(int limit) {
        return "x" + text(limit - 1);
    }

    /** Any characters of Unicode but U+0000, up to a limit, which is often reached. */
    private String text(int limit) {
        int length = random.nextInt(3) == 0 ? limit : random.nextInt(limit + 1);
        return random.ints(1, Character.MAX_CODE_POINT + 1)
                .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
                .map(c -> random.nextBoolean() ? 32 + c % 95 : c)
                .limit(length)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private JsonNode value(int depth) {
        return switch (random.nextInt(depth > 4 ? 4 : 6)) {
            case 0 -> JSON.textNode(text(20));
            case 1 -> number();
            case 2 -> JSON.booleanNode(random.nextBoolean());
            case 3 -> JSON.nullNode();
            case 4 -> array(depth + 1);
            default -> object(depth + 1);
        };
    }

    private ObjectNode object(int depth) {
        ObjectNode object = JSON.objectNode();
        for (int n = random.nextInt(5); n > 0; n--) {
            object.set(text(8), value(depth));
        }
        return object;
    }

    private ArrayNode array(int depth) {
        ArrayNode array = JSON.arrayNode();
        for (int n = random.nextInt(5); n > 0; n--) {
            array.add(value(depth));
        }
        return array;
    }

    private JsonNode number() {
        return switch (random.nextInt(3)) {
            case 0 -> JSON.numberNode(random.nextInt());
            case 1 -> JSON.numberNode(new BigInteger(random.nextInt(400), random));
            default -> JSON.numberNode(new BigDecimal(new BigInteger(100, random), random.nextInt(600) - 300));
        };
    }
}
