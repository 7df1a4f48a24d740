package dev.ember.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ember.identity.Authorization;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.server.core.CurrentRequestManager;

/**
 * Finds the methods of the path of the current request in the OpenAPI document. Quarkus responds with 405, but without
 * the Allow header that RFC 9110, section 15.5.6 requires.
 *
 * <p>The native image contains the table. A JVM reads the document when the first request needs it.
 */
public final class AllowedMethods {

    private static final String DOCUMENT = "/META-INF/quarkus-generated-openapi-doc.JSON";

    private static final Map<Pattern, Set<String>> OPERATIONS = read();

    private AllowedMethods() {}

    /** The names of the methods in alphabetical order. Empty if no operation has the path. */
    public static Set<String> ofCurrentRequest() {
        String path = CurrentRequestManager.get().getPathWithoutPrefix();
        // JAX-RS also matches the path with a slash at its end, which remains of "/." and "/;a=b".
        String known = path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return OPERATIONS.entrySet().stream()
                .filter(operations -> operations.getKey().matcher(known).matches())
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(Set.of());
    }

    /** A path with fewer parameters comes first: "watch" is no id. */
    private static Map<Pattern, Set<String>> read() {
        try (InputStream document = AllowedMethods.class.getResourceAsStream(DOCUMENT)) {
            Map<Pattern, Set<String>> operations = new LinkedHashMap<>();
            new JsonMapper()
                    .readTree(document).get("paths").properties().stream()
                            .sorted(Comparator.comparing(path -> parameters(path.getKey())))
                            .forEach(path -> operations.put(pattern(path.getKey()), methods(path.getValue())));
            return operations;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long parameters(String template) {
        return template.chars().filter(character -> character == '{').count();
    }

    /** JAX-RS also matches a parameter without a value, which remains of "/;a=b/". */
    private static Pattern pattern(String template) {
        return Pattern.compile(
                template.replaceAll("\\{(?!tenant_id)\\w+}", "[^/]*").replace("{tenant_id}", Authorization.TENANT));
    }

    private static Set<String> methods(JsonNode path) {
        Set<String> methods = new TreeSet<>(Set.of("OPTIONS"));
        path.fieldNames().forEachRemaining(method -> methods.add(method.toUpperCase(Locale.ROOT)));
        if (methods.contains("GET")) {
            methods.add("HEAD");
        }
        return methods;
    }
}
