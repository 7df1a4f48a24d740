package dev.ember.json;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonValue;
import org.hibernate.annotations.Immutable;

/**
 * A JSON value that the service keeps as it was given, as text: it is checked once, when a request brings it, and then
 * passes between the database and responses as it is.
 *
 * @param text the value in JSON
 */
@Immutable
public record JsonText(@JsonValue @JsonRawValue String text) {}
