package dev.ember.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ember.json.JsonText;
import dev.ember.json.TextPattern;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Describes the inputs and outputs of a config in the OpenAPI document. {@link InputSchema} and {@link OutputSchema}
 * validate them. The document is stricter than the service: like Heat, the service also converts scalars to strings,
 * and the words true and false to booleans.
 */
final class MemberSchemas {

    private static final String NAME = "The name; it need not be unique";
    private static final String DESCRIPTION = "What it is, for people";
    private static final String DEFAULT = "The value when there is no other, of the type";

    private MemberSchemas() {}

    /** The API names of {@link ValueType}. */
    @Schema(
            name = "SoftwareConfigValueType",
            description = "The type of a value",
            enumeration = {"String", "Number", "CommaDelimitedList", "Json", "Boolean"})
    enum Type {}

    @Schema(
            name = "SoftwareConfigInputCreate",
            description = "An input to create; other fields are refused",
            requiredProperties = "name",
            additionalProperties = Schema.False.class)
    record InputCreation(
            @JsonProperty("name") @Schema(description = NAME, nullable = true, pattern = TextPattern.ANY)
            String name,

            @JsonProperty("description") @Schema(description = DESCRIPTION, nullable = true, pattern = TextPattern.ANY)
            String description,

            @JsonProperty("type")
            @Schema(
                    description = "The type of its value; String when absent. With null there is no default",
                    nullable = true,
                    defaultValue = "String")
            Type type,

            @JsonProperty("default") @Schema(description = DEFAULT)
            JsonText defaultValue,

            @JsonProperty("replace_on_change")
            @Schema(description = "Whether another value takes another server", nullable = true, defaultValue = "false")
            Boolean replaceOnChange,

            @JsonProperty("value") @Schema(description = "The value itself, of any type")
            JsonText value) {}

    @Schema(
            name = "SoftwareConfigInput",
            description = "An input",
            requiredProperties = {"name", "type"})
    record Input(
            @JsonProperty("name") @Schema(description = NAME)
            String name,

            @JsonProperty("description") @Schema(description = DESCRIPTION)
            String description,

            @JsonProperty("type") Type type,

            @JsonProperty("default") @Schema(description = DEFAULT)
            JsonText defaultValue,

            @JsonProperty("replace_on_change")
            @Schema(description = "Whether another value takes another server; absent when not")
            boolean replaceOnChange,

            @JsonProperty("value") @Schema(description = "The value itself, of any type")
            JsonText value) {}

    @Schema(
            name = "SoftwareConfigOutputCreate",
            description = "An output to create; other fields are refused",
            requiredProperties = "name",
            additionalProperties = Schema.False.class)
    record OutputCreation(
            @JsonProperty("name") @Schema(description = NAME, nullable = true, pattern = TextPattern.ANY)
            String name,

            @JsonProperty("description") @Schema(description = DESCRIPTION, nullable = true, pattern = TextPattern.ANY)
            String description,

            @JsonProperty("type")
            @Schema(description = "The type of its value; String when absent", nullable = true, defaultValue = "String")
            Type type,

            @JsonProperty("error_output")
            @Schema(
                    description = "Whether a value means that the run has failed",
                    nullable = true,
                    defaultValue = "false")
            Boolean errorOutput) {}

    @Schema(
            name = "SoftwareConfigOutput",
            description = "An output",
            requiredProperties = {"name", "type", "error_output"})
    record Output(
            @JsonProperty("name") @Schema(description = NAME)
            String name,

            @JsonProperty("description") @Schema(description = DESCRIPTION)
            String description,

            @JsonProperty("type") Type type,

            @JsonProperty("error_output") @Schema(description = "Whether a value means that the run has failed")
            boolean errorOutput) {}
}
