package dev.ember.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ember.json.JsonText;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A software config as it appears in responses, with its contents. */
@Schema(
        name = "SoftwareConfig",
        description = "A software config",
        requiredProperties = {"id", "name", "group", "creation_time", "config", "inputs", "outputs", "options"})
public record SoftwareConfigView(
        @JsonProperty("id") @Schema(description = "Given by the service", format = "uuid", readOnly = true)
        String id,

        @JsonProperty("name")
        @Schema(description = "A name for people; it need not be unique", nullable = true, maxLength = 255)
        String name,

        @JsonProperty("group")
        @Schema(description = "The kind of tool that runs the config on the server", nullable = true, maxLength = 255)
        String group,

        @JsonProperty("creation_time") @Schema(description = "When the config was created, UTC", readOnly = true)
        Instant creationTime,

        @JsonProperty("config") @Schema(description = "What is run: a script, or any JSON value")
        JsonText config,

        @JsonProperty("inputs")
        @Schema(
                description = "What the config takes",
                type = SchemaType.ARRAY,
                implementation = MemberSchemas.Input.class)
        JsonText inputs,

        @JsonProperty("outputs")
        @Schema(
                description = "What the config gives back",
                type = SchemaType.ARRAY,
                implementation = MemberSchemas.Output.class)
        JsonText outputs,

        @JsonProperty("options")
        @Schema(description = "Settings for the tool that runs the config; any JSON value, {} when none was given")
        JsonText options) {

    public static SoftwareConfigView of(SoftwareConfig config) {
        return new SoftwareConfigView(
                config.id,
                config.name,
                config.group,
                config.createdAt.truncatedTo(ChronoUnit.SECONDS),
                config.config,
                config.inputs,
                config.outputs,
                config.options);
    }
}
