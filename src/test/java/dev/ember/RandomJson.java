package dev.ember;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Random;

/** Generates JSON values that the service can store. */
public final class RandomJson {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Random random;

    public RandomJson(Random random) {
        this.random = random;
    }

    /** Returns text of any Unicode characters except U+0000. One text in three has the maximum length. */
    public String text(int limit) {
        int length = random.nextInt(3) == 0 ? limit : random.nextInt(limit + 1);
        return random.ints(1, Character.MAX_CODE_POINT + 1)
                .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
                .map(c -> random.nextBoolean() ? 32 + c % 95 : c)
                .limit(length)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    public JsonNode value(int depth) {
        return switch (random.nextInt(depth > 4 ? 4 : 6)) {
            case 0 -> JSON.textNode(text(20));
            case 1 -> number();
            case 2 -> JSON.booleanNode(random.nextBoolean());
            case 3 -> JSON.nullNode();
            case 4 -> array(depth + 1);
            default -> object(depth + 1);
        };
    }

    public ObjectNode object(int depth) {
        ObjectNode object = JSON.objectNode();
        for (int n = random.nextInt(5); n > 0; n--) {
            object.set(text(8), value(depth));
        }
        return object;
    }

    public ArrayNode array(int depth) {
        ArrayNode array = JSON.arrayNode();
        for (int n = random.nextInt(5); n > 0; n--) {
            array.add(value(depth));
        }
        return array;
    }

    public JsonNode number() {
        return switch (random.nextInt(3)) {
            case 0 -> JSON.numberNode(random.nextInt());
            case 1 -> JSON.numberNode(new BigInteger(random.nextInt(400), random));
            default -> JSON.numberNode(new BigDecimal(new BigInteger(100, random), random.nextInt(600) - 300));
        };
    }
}
