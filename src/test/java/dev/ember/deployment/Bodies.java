package dev.ember.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ember.RandomJson;
import java.util.Random;

/** Generates bodies of create requests. The same seed generates the same bodies. */
final class Bodies {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String[] STATUSES = {"IN_PROGRESS", "COMPLETE", "FAILED"};

    private final Random random;
    private final RandomJson json;

    Bodies(long seed) {
        random = new Random(seed);
        json = new RandomJson(random);
    }

    ObjectNode valid() {
        ObjectNode body = JSON.objectNode();
        body.put("config_id", nonBlank(255));
        body.put("server_id", nonBlank(255));
        body.put("action", nonBlank(255));
        if (random.nextBoolean()) {
            body.put("stack_user_project_id", json.text(64));
        }
        if (random.nextBoolean()) {
            body.put("status", random.nextInt(4) == 0 ? null : STATUSES[random.nextInt(STATUSES.length)]);
        }
        if (random.nextBoolean()) {
            body.put("status_reason", json.text(random.nextInt(10) == 0 ? 65_535 : 300));
        }
        if (random.nextBoolean()) {
            body.set("input_values", json.object(0));
        }
        if (random.nextBoolean()) {
            body.set("unknown-" + json.text(5), json.value(0));
        }
        return body;
    }

    /** Makes one field invalid and returns its name. */
    String makeInvalid(ObjectNode body) {
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
                JsonNode[] others = {
                    json.object(2), json.array(2), json.number(), JSON.booleanNode(random.nextBoolean())
                };
                body.set(field, others[random.nextInt(others.length)]);
            }
            case 4 -> body.put(field = "status", json.text(20) + "?");
            default -> {
                JsonNode[] others = {json.array(2), json.number(), JSON.booleanNode(true), JSON.textNode(json.text(9))};
                body.set(field = "input_values", others[random.nextInt(others.length)]);
            }
        }
        return field;
    }

    private String nonBlank(int limit) {
        return "x" + json.text(limit - 1);
    }
}
