package dev.ember.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ember.json.JsonFields;
import dev.ember.json.JsonText;
import dev.ember.json.TextPattern;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.hibernate.validator.constraints.CodePointLength;

/** The body of a request to create a software config. All fields are optional. Lengths are in Unicode code points. */
@Schema(name = "SoftwareConfigCreate", description = "A software config to create; other fields are ignored")
record SoftwareConfigCreation(
        @JsonProperty("name")
        @CodePointLength(max = 255, message = TOO_LONG)
        @Schema(
                description = "A name for people; it need not be unique",
                nullable = true,
                maxLength = 255,
                pattern = TextPattern.ANY)
        String name,

        @JsonProperty("group")
        @CodePointLength(max = 255, message = TOO_LONG)
        @Schema(
                description = "The kind of tool that runs the config on the server",
                nullable = true,
                maxLength = 255,
                pattern = TextPattern.ANY,
                examples = "script")
        String group,

        @JsonProperty("config") @Schema(description = "What is run: a script, or any JSON value")
        JsonText config,

        @JsonProperty("inputs")
        @Schema(
                description = "What the config takes",
                nullable = true,
                type = SchemaType.ARRAY,
                implementation = MemberSchemas.InputCreation.class)
        JsonText inputs,

        @JsonProperty("outputs")
        @Schema(
                description = "What the config gives back",
                nullable = true,
                type = SchemaType.ARRAY,
                implementation = MemberSchemas.OutputCreation.class)
        JsonText outputs,

        @JsonProperty("options") @Schema(description = "Settings for the tool that runs the config; any JSON value")
        JsonText options) {

    private static final String TOO_LONG = "must be at most {max} characters long";

    static SoftwareConfigCreation read(JsonFields fields) {
        return new SoftwareConfigCreation(
                fields.text("name"),
                fields.text("group"),
                fields.any("config"),
                fields.normalized("inputs", InputSchema::normalize),
                fields.normalized("outputs", OutputSchema::normalize),
                fields.normalized("options", Falsy::toObject));
    }
}
