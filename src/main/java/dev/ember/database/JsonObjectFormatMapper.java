package dev.ember.database;

import dev.ember.json.JsonObject;
import io.quarkus.hibernate.orm.JsonFormat;
import io.quarkus.hibernate.orm.PersistenceUnitExtension;
import org.hibernate.type.descriptor.WrapperOptions;
import org.hibernate.type.descriptor.java.JavaType;
import org.hibernate.type.format.FormatMapper;

/** Stores a {@link JsonObject} as its text, so that what is stored does not depend on how responses are written. */
@JsonFormat
@PersistenceUnitExtension
final class JsonObjectFormatMapper implements FormatMapper {

    @Override
    public <T> T fromString(CharSequence text, JavaType<T> type, WrapperOptions options) {
        return type.getJavaTypeClass().cast(new JsonObject(text.toString()));
    }

    @Override
    public <T> String toString(T value, JavaType<T> type, WrapperOptions options) {
        return ((JsonObject) value).text();
    }
}
