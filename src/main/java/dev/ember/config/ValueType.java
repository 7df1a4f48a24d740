package dev.ember.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** The types of an input or output value, with the conversions that Heat makes for each type. */
enum ValueType {
    STRING("String", "must be a string", TextNode.valueOf("")) {
        @Override
        Optional<JsonNode> convert(JsonNode value) {
            return switch (value.getNodeType()) {
                case STRING -> Optional.of(value);
                case BOOLEAN -> Optional.of(TextNode.valueOf(PythonJson.text(value)));
                case NUMBER ->
                    Optional.of(value).filter(JsonNode::isIntegralNumber).map(v -> TextNode.valueOf(v.asText()));
                default -> Optional.empty();
            };
        }
    },
    NUMBER("Number", "must be a number", IntNode.valueOf(0)) {
        @Override
        Optional<JsonNode> convert(JsonNode value) {
            return switch (value.getNodeType()) {
                case NUMBER, BOOLEAN -> Optional.of(value);
                case STRING -> PythonNumber.parse(value.textValue());
                default -> Optional.empty();
            };
        }
    },
    COMMA_DELIMITED_LIST(
            "CommaDelimitedList", "must be a list or a comma-separated string", JsonNodeFactory.instance.arrayNode(0)) {
        @Override
        Optional<JsonNode> convert(JsonNode value) {
            return switch (value.getNodeType()) {
                case ARRAY -> Optional.of(value);
                case STRING ->
                    Optional.of(Arrays.stream(value.textValue().split(",", -1))
                            .collect(
                                    JsonNodeFactory.instance::arrayNode,
                                    (list, item) -> list.add(item),
                                    (list, more) -> list.addAll(more)));
                default -> Optional.empty();
            };
        }
    },
    JSON("Json", "must be an object, a list or a string", JsonNodeFactory.instance.objectNode()) {
        @Override
        Optional<JsonNode> convert(JsonNode value) {
            return switch (value.getNodeType()) {
                case OBJECT, STRING -> Optional.of(value);
                case ARRAY -> Optional.of(TextNode.valueOf(PythonJson.write(value)));
                default -> Optional.empty();
            };
        }
    },
    BOOLEAN("Boolean", "must be true or false", BooleanNode.FALSE) {
        @Override
        Optional<JsonNode> convert(JsonNode value) {
            return switch (value.getNodeType()) {
                case BOOLEAN -> Optional.of(value);
                case STRING ->
                    Optional.of(value.textValue())
                            .filter(text -> text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false"))
                            .map(text -> BooleanNode.valueOf(Boolean.parseBoolean(text)));
                default -> Optional.empty();
            };
        }
    };

    private final String apiName;
    private final String rule;
    private final JsonNode zero;

    ValueType(String apiName, String rule, JsonNode zero) {
        this.apiName = apiName;
        this.rule = rule;
        this.zero = zero;
    }

    /** Converts a value to this type as Heat does. Returns empty when the value cannot be converted. */
    abstract Optional<JsonNode> convert(JsonNode value);

    /** Returns the name of the type in the API. */
    String apiName() {
        return apiName;
    }

    /** Returns the rule for a value, worded as the end of a sentence. */
    String rule() {
        return rule;
    }

    /** Returns the zero value of the type, which replaces null. */
    JsonNode zero() {
        return zero;
    }

    static Optional<ValueType> of(JsonNode apiName) {
        return Arrays.stream(values())
                .filter(type -> apiName.isTextual() && apiName.textValue().equals(type.apiName))
                .findFirst();
    }

    static String apiNames() {
        return Arrays.stream(values()).map(ValueType::apiName).collect(Collectors.joining(", "));
    }
}
