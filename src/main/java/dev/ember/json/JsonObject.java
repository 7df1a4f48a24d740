package dev.ember.json;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonValue;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.hibernate.annotations.Immutable;

/**
 * A JSON object that the service keeps without looking inside, as text: it is checked once, when a request brings it,
 * and then passes between the database and responses as it is.
 *
 * @param text the object in JSON, numbers written without exponents, as PostgreSQL's jsonb does
 */
@Immutable
@Schema(type = SchemaType.OBJECT, additionalProperties = Schema.True.class)
public record JsonObject(
        @JsonValue @JsonRawValue @Schema(hidden = true) String text) {}
