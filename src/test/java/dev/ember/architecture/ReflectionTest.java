package dev.ember.architecture;

import static com.tngtech.archunit.core.importer.ImportOption.Predefined.DO_NOT_INCLUDE_TESTS;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.junit.jupiter.api.Test;

/**
 * Jackson renders objects by reflection. A native binary can do this only for registered types. Quarkus itself
 * registers only the types that operations return.
 */
class ReflectionTest {

    @Test
    void typesThatJacksonRendersAreRegistered() {
        fields().that()
                .areAnnotatedWith(JsonProperty.class)
                .or()
                .areAnnotatedWith(JsonValue.class)
                .should()
                .beDeclaredInClassesThat()
                .areAnnotatedWith(RegisterForReflection.class)
                .check(new ClassFileImporter()
                        .withImportOption(DO_NOT_INCLUDE_TESTS)
                        .importPackages("dev.ember"));
    }
}
