package dev.ember.json;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonValue;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.hibernate.annotations.Immutable;

/**
 * A JSON value that the service stores unchanged, as text. A request validates it once. It then passes unchanged
 * between the database and responses.
 *
 * @param text the value as JSON
 */
@Immutable
@RegisterForReflection
public record JsonText(@JsonValue @JsonRawValue String text) {}
