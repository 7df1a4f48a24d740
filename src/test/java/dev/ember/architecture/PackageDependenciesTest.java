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

/** A package may import only the packages that are listed before it. */
class PackageDependenciesTest {

    private static final String ROOT = "dev.ember";

    /** In order from the lowest layer to the highest. */
    private static final List<String> PACKAGES = List.of(
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
            "identity.token",
            "identity.provider",
            "identity.keystone",
            "identity.jwt",
            "etag",
            "paging",
            "housekeeping",
            "quota",
            "idempotency",
            "creation",
            "watch",
            "config",
            "deployment",
            "deployment.retention",
            "server",
            "metadata",
            "agent",
            "discovery",
            "pipeline",
            "pipeline.framing",
            "pipeline.response",
            "board",
            "nativeimage",
            "development",
            "");

    private static final JavaClasses CLASSES =
            new ClassFileImporter().withImportOption(DO_NOT_INCLUDE_TESTS).importPackages(ROOT);

    /** Each file is one slice. */
    private static final SliceAssignment FILES = new SliceAssignment() {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
            return javaClass.getPackageName().startsWith(ROOT)
                    ? SliceIdentifier.of(fileOf(javaClass))
                    : SliceIdentifier.ignore();
        }

        @Override
        public String getDescription() {
            return "files";
        }
    };

    @Test
    void packagesImportOnlyPackagesBelow() {
        Set<String> violations = new TreeSet<>();
        for (JavaClass from : CLASSES) {
            from.getDirectDependenciesFromSelf().stream()
                    .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                    .filter(to -> to.getPackageName().startsWith(ROOT))
                    .filter(to -> PACKAGES.indexOf(packageOf(to)) > PACKAGES.indexOf(packageOf(from)))
                    .forEach(to -> violations.add(fileOf(from) + " imports " + fileOf(to)));
        }
        assertEquals(Set.of(), violations);
    }

    @Test
    void listsAllPackages() {
        Set<String> packages =
                CLASSES.stream().map(PackageDependenciesTest::packageOf).collect(Collectors.toCollection(TreeSet::new));
        assertEquals(new TreeSet<>(PACKAGES), packages);
    }

    @Test
    void filesHaveNoCyclicDependencies() {
        slices().assignedFrom(FILES).should().beFreeOfCycles().check(CLASSES);
    }

    private static String packageOf(JavaClass javaClass) {
        String name = javaClass.getPackageName();
        return name.length() == ROOT.length() ? "" : name.substring(ROOT.length() + 1);
    }

    private static String fileOf(JavaClass javaClass) {
        return javaClass.getName().replaceFirst("\\$.*", "");
    }
}
