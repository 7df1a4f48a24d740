package dev.ember.openapi;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;

/**
 * Gives every operation of the OpenAPI document what it has in common with others: parameters, headers, faults and, by
 * its name, its examples. They are written in {@code META-INF/openapi.yaml}; this says where they belong. It runs when
 * the service is built, and not in the service.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public final class CommonParts implements OASFilter {

    private static final String TENANT = "/v1/{tenant_id}/";

    @Override
    public void filterOpenAPI(OpenAPI document) {
        Components components = document.getComponents();
        document.getPaths().getPathItems().forEach((path, item) -> item.getOperations()
                .values()
                .forEach(operation -> complete(path, operation, components)));
        components.getResponses().values().forEach(CommonParts::identify);
        components.setSchemas(ValueSchemas.inline(components.getSchemas()));
    }

    private static void complete(String path, Operation operation, Components components) {
        boolean ofTenant = path.startsWith(TENANT);
        if (!ofTenant) {
            operation.setSecurity(List.of());
        }
        if (operation.getParameters() != null) {
            operation.setParameters(operation.getParameters().stream()
                    .sorted(Comparator.comparing(Parameter::getIn)
                            .thenComparing(parameter -> path.indexOf("{" + parameter.getName() + "}")))
                    .map(parameter -> reference(parameter, components.getParameters()))
                    .toList());
        }
        operation.getResponses().getAPIResponses().values().forEach(CommonParts::identify);
        addExamples(operation, components.getExamples().keySet());
        addFaults(operation, ofTenant);
    }

    private static Parameter reference(Parameter parameter, Map<String, Parameter> all) {
        return all.entrySet().stream()
                .filter(named -> named.getValue().getIn() == parameter.getIn()
                        && named.getValue().getName().equals(parameter.getName()))
                .map(named -> OASFactory.createParameter().ref(named.getKey()))
                .findFirst()
                .orElseThrow();
    }

    private static void identify(APIResponse response) {
        if (response.getRef() == null) {
            response.addHeader(
                    "X-Openstack-Request-Id", OASFactory.createHeader().ref("RequestId"));
        }
    }

    private static void addExamples(Operation operation, Set<String> examples) {
        String id = operation.getOperationId();
        String name = id.substring(0, 1).toUpperCase(Locale.ROOT) + id.substring(1);
        if (operation.getRequestBody() != null) {
            addExample(operation.getRequestBody().getContent(), name + "Request", examples);
        }
        for (APIResponse response : operation.getResponses().getAPIResponses().values()) {
            addExample(response.getContent(), name + "Response", examples);
        }
    }

    private static void addExample(Content content, String example, Set<String> examples) {
        if (content != null && examples.contains(example)) {
            for (MediaType media : content.getMediaTypes().values()) {
                media.addExample("example", OASFactory.createExample().ref(example));
            }
        }
    }

    private static void addFaults(Operation operation, boolean ofTenant) {
        APIResponses responses = operation.getResponses();
        boolean hasBody = operation.getRequestBody() != null;
        if (responses.getAPIResponse("400") == null) {
            add(responses, "400", hasBody ? "InvalidBody" : "BadRequest");
        }
        if (ofTenant) {
            add(responses, "401", "Unauthorized");
            add(responses, "403", "Forbidden");
            add(responses, "404", "NotFound");
        }
        if (hasBody) {
            add(responses, "408", "TooSlow");
            add(responses, "413", "TooLarge");
            add(responses, "415", "UnsupportedMediaType");
        }
        add(responses, "500", "Failure");
        add(responses, "503", "Unavailable");
        responses.setAPIResponses(new TreeMap<>(responses.getAPIResponses()));
    }

    private static void add(APIResponses responses, String status, String name) {
        responses.addAPIResponse(status, OASFactory.createAPIResponse().ref(name));
    }
}
