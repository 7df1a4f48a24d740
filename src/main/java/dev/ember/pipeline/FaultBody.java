package dev.ember.pipeline;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ember.fault.Fault;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** The body of a fault in Heat's format, for every status except 401. */
@RegisterForReflection
record FaultBody(
        @JsonProperty("code") int code,
        @JsonProperty("title") String title,
        @JsonProperty("explanation") String explanation,
        @JsonProperty("error") Error error) {

    /** Identifies the fault and says what to change. The traceback is always null. */
    @RegisterForReflection
    record Error(
            @JsonProperty("type") String type,
            @JsonProperty("message") String message,
            @JsonProperty("traceback") String traceback) {}

    static FaultBody of(Fault fault) {
        return new FaultBody(
                fault.status().code(),
                fault.status().title(),
                fault.status().explanation(),
                new Error(fault.type(), fault.getMessage(), null));
    }
}
