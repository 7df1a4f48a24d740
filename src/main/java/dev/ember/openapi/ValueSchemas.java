package dev.ember.openapi;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;

/**
 * Writes the schemas of plain values where they are used: a client needs no classes for times, UUIDs and JSON values.
 */
final class ValueSchemas {

    private static final String COMPONENTS = "#/components/schemas/";

    private ValueSchemas() {}

    static Map<String, Schema> inline(Map<String, Schema> schemas) {
        Map<String, Schema> named = new LinkedHashMap<>(schemas);
        named.keySet().removeAll(List.of("Instant", "UUID", "JsonText"));
        named.values().stream()
                .filter(schema -> schema.getProperties() != null)
                .forEach(schema -> schema.getProperties().values().forEach(ValueSchemas::inline));
        return named;
    }

    private static void inline(Schema property) {
        if (property.getAnyOf() != null) {
            inlineNullable(property);
        } else if (property.getRef() != null) {
            switch (property.getRef().substring(COMPONENTS.length())) {
                case "Instant" -> text(property, "date-time");
                case "UUID" -> text(property, "uuid");
                case "JsonText" -> {
                    property.setRef(null);
                    property.setType(null);
                }
                default -> property.setType(null);
            }
        }
    }

    /** A nullable value has its type already, and any other schema has it where it is referred to. */
    private static void inlineNullable(Schema property) {
        if (property.getAnyOf().stream().anyMatch(s -> (COMPONENTS + "JsonText").equals(s.getRef()))) {
            property.setAnyOf(null);
        } else {
            property.setType(null);
        }
    }

    private static void text(Schema property, String format) {
        property.setRef(null);
        property.setType(List.of(SchemaType.STRING));
        property.setFormat(format);
    }
}
