package dev.ember.database;

import dev.ember.json.JsonText;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;

/** Stores a {@link JsonText} as its text. The type of the column is json, which preserves the text, and not jsonb. */
@Converter(autoApply = true)
public final class JsonTextConverter implements AttributeConverter<JsonText, String> {

    /**
     * The expression that writes a column of type json: {@code @ColumnTransformer(write = JsonTextConverter.WRITE)}.
     */
    public static final String WRITE = "cast(? as json)";

    @Override
    public String convertToDatabaseColumn(JsonText value) {
        return value == null ? null : value.text();
    }

    @Override
    public JsonText convertToEntityAttribute(String text) {
        return text == null ? null : new JsonText(text);
    }
}
