package dev.ember.architecture;

import static com.tngtech.archunit.core.importer.ImportOption.Predefined.DO_NOT_INCLUDE_TESTS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The rooms of the house are the packages. A room may import only the rooms that are listed before it. */
class RoomsTest {

    private static final String HOUSE = "dev.ember";

    /** From the ground floor up. */
    private static final List<String> ROOMS = List.of(
            "fault",
            "settings",
            "policy",
            "text",
            "limits",
            "json",
            "database",
            "tenant",
            "audit",
            "identity",
            "identity.keystone",
            "etag",
            "paging",
            "housekeeping",
            "quota",
            "idempotency",
            "creation",
            "config",
            "deployment",
            "deployment.retention",
            "metadata",
            "agent",
            "discovery",
            "pipeline",
            "pipeline.framing",
            "pipeline.response",
            "nativeimage",
            "development",
            "");

    private static final JavaClasses CLASSES =
            new ClassFileImporter().withImportOption(DO_NOT_INCLUDE_TESTS).importPackages(HOUSE);

    /** Each file is a slice of its own. */
    private static final SliceAssignment FILES = new SliceAssignment() {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
            return javaClass.getPackageName().startsWith(HOUSE)
                    ? SliceIdentifier.of(fileOf(javaClass))
                    : SliceIdentifier.ignore();
        }

        @Override
        public String getDescription() {
            return "files";
        }
    };

    @Test
    void importOnlyRoomsBelow() {
        Set<String> wrong = new TreeSet<>();
        for (JavaClass from : CLASSES) {
            from.getDirectDependenciesFromSelf().stream()
                    .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                    .filter(to -> to.getPackageName().startsWith(HOUSE))
                    .filter(to -> ROOMS.indexOf(roomOf(to)) > ROOMS.indexOf(roomOf(from)))
                    .forEach(to -> wrong.add(fileOf(from) + " imports " + fileOf(to)));
        }
        assertEquals(Set.of(), wrong);
    }

    @Test
    void areAllListed() {
        Set<String> rooms = CLASSES.stream().map(RoomsTest::roomOf).collect(Collectors.toCollection(TreeSet::new));
        assertEquals(new TreeSet<>(ROOMS), rooms);
    }

    @Test
    void haveNoCycleOfFiles() {
        slices().assignedFrom(FILES).should().beFreeOfCycles().check(CLASSES);
    }

    private static String roomOf(JavaClass javaClass) {
        String name = javaClass.getPackageName();
        return name.length() == HOUSE.length() ? "" : name.substring(HOUSE.length() + 1);
    }

    private static String fileOf(JavaClass javaClass) {
        return javaClass.getName().replaceFirst("\\$.*", "");
    }
}
