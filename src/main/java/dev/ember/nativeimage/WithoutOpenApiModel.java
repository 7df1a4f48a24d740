package dev.ember.nativeimage;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import io.quarkus.smallrye.openapi.runtime.OpenApiDocumentService;
import io.quarkus.smallrye.openapi.runtime.filter.AutoSecurityFilter;
import io.smallrye.openapi.runtime.io.Format;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/**
 * Removes the OpenAPI model with its parsers and writers. The build writes the complete document. Without this class,
 * Quarkus would parse it at startup, apply filters, and write it again, although there are no filters.
 */
@TargetClass(OpenApiDocumentService.class)
final class WithoutOpenApiModel {

    @Substitute
    void prepareDocument(
            AutoSecurityFilter security, Map<OpenApiFilter.RunStage, List<String>> filters, String documentName) {}

    @Substitute
    public byte[] getDocument(String documentName, Format format) {
        String resource = "META-INF/quarkus-generated-openapi-doc." + format;
        try (InputStream document =
                Thread.currentThread().getContextClassLoader().getResourceAsStream(resource)) {
            return document.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
