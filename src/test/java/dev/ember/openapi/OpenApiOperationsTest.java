package dev.ember.openapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import dev.ember.identity.Authorization;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The document and the resource classes have the same operations. */
class OpenApiOperationsTest {

    @Test
    void documentsExactlyTheOperationsOfTheService() throws IOException {
        Set<String> documented = new TreeSet<>();
        for (Map.Entry<String, JsonNode> path :
                PublishedFiles.source().get("paths").properties()) {
            path.getValue()
                    .fieldNames()
                    .forEachRemaining(method -> documented.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey()));
        }
        assertEquals(operations("HEAD", false), documented);
    }

    /** A documented GET includes HEAD, which some resources implement themselves. */
    @Test
    void implementsHeadOnlyBesideGet() {
        for (String head : operations("HEAD", true)) {
            assertTrue(operations("HEAD", false).contains(head.replaceFirst("HEAD", "GET")), head);
        }
    }

    @Test
    void documentsEveryParameterOfPaths() throws IOException {
        JsonNode document = PublishedFiles.source();
        for (Map.Entry<String, JsonNode> path : document.get("paths").properties()) {
            for (JsonNode operation : path.getValue()) {
                Set<String> documented = new TreeSet<>();
                for (JsonNode reference : operation.path("parameters")) {
                    JsonNode parameter =
                            document.at(reference.get("$ref").textValue().substring(1));
                    if (parameter.get("in").textValue().equals("path")) {
                        documented.add(parameter.get("name").textValue());
                    }
                }
                Set<String> inPath = new TreeSet<>();
                Stream.of(path.getKey().split("/"))
                        .filter(segment -> segment.startsWith("{"))
                        .forEach(segment -> inPath.add(segment.substring(1, segment.length() - 1)));
                assertEquals(inPath, documented, operation.get("operationId").textValue());
            }
        }
        assertEquals(
                "^" + Authorization.TENANT + "$",
                document.at("/components/parameters/TenantId/schema/pattern").textValue());
    }

    /** The operations of all resource classes, as "GET /v1", with those of a method only or without them. */
    private static Set<String> operations(String method, boolean only) {
        Set<String> operations = new TreeSet<>();
        for (JavaClass resource : new ClassFileImporter()
                .withImportOption(new DoNotIncludeTests())
                .importPackages("dev.ember")) {
            if (resource.isAnnotatedWith(Path.class)) {
                for (JavaMethod operation : resource.getMethods()) {
                    operation.getAnnotations().stream()
                            .flatMap(annotation ->
                                    annotation.getRawType().tryGetAnnotationOfType(HttpMethod.class).stream())
                            .filter(http -> http.value().equals(method) == only)
                            .forEach(http -> operations.add(http.value() + " " + path(resource, operation)));
                }
            }
        }
        return operations;
    }

    private static String path(JavaClass resource, JavaMethod operation) {
        String below =
                operation.tryGetAnnotationOfType(Path.class).map(Path::value).orElse("");
        String path = "/" + resource.getAnnotationOfType(Path.class).value() + "/" + below;
        return path.replaceAll("\\{(\\w+)[^/]*?: *[^/]+}", "{$1}")
                .replaceAll("/+", "/")
                .replaceFirst("(?<=.)/$", "");
    }
}
