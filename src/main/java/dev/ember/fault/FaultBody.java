package dev.ember.fault;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What a response says of a fault, in Heat's format, for every status but 401. */
@Schema(
        name = "Fault",
        description = "Why a request was not answered as hoped",
        requiredProperties = {"code", "title", "explanation", "error"})
public record FaultBody(
        @JsonProperty("code")
        @Schema(description = "The HTTP status", minimum = "400", maximum = "599", examples = "404")
        int code,

        @JsonProperty("title") @Schema(description = "The name of the HTTP status", examples = "Not Found")
        String title,

        @JsonProperty("explanation")
        @Schema(description = "What the HTTP status means", examples = "The resource could not be found.")
        String explanation,

        @JsonProperty("error") Error error) {

    /** The fault itself. */
    @Schema(
            name = "FaultError",
            description = "The fault itself",
            requiredProperties = {"type", "message", "traceback"})
    public record Error(
            @JsonProperty("type")
            @Schema(description = "The word by which programs tell faults apart", examples = "NotFound")
            String type,

            @JsonProperty("message")
            @Schema(description = "What to change, for a person", examples = "Deployment with id 1234 not found")
            String message,

            @JsonProperty("traceback") @Schema(description = "Always null", nullable = true)
            String traceback) {}

    static FaultBody of(FaultStatus status, String type, String message) {
        return new FaultBody(status.code(), status.title(), status.explanation(), new Error(type, message, null));
    }
}
