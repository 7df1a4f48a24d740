package dev.ember.identity;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ember.HttpTest;
import dev.ember.policy.Operation;
import dev.ember.watch.StreamClient;
import dev.ember.watch.StreamClient.Event;
import io.restassured.builder.ResponseBuilder;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tests every operation with every role from every project. One tenant has a config and a deployment of it that names a
 * stack user's project.
 */
public abstract class PermissionTable extends HttpTest {

    private static final List<String> ROLES =
            List.of("reader", "member", "admin", "heat_stack_user", "heat_stack_owner");

    /**
     * The responses to a caller whose role permits the operation. The first three columns are the tenant, the stack
     * user's project and another project, each in its own path. The fourth is another project in the tenant's path, and
     * the fifth is a token without a project. A + marks a response that contains data of the tenant, a - one that does
     * not. The config is in use and therefore is not deleted.
     */
    private static final Map<String, List<String>> FROM_PROJECTS =
            """
            software_configs:index         200+  200-  200-  403-  403-
            software_configs:create        200-  200-  200-  403-  403-
            software_configs:show          200+  404-  404-  403-  403-
            software_configs:delete        409-  404-  404-  403-  403-
            software_deployments:index     200+  200+  200-  403-  403-
            software_deployments:create    200-  200-  200-  403-  403-
            software_deployments:show      200+  200+  404-  403-  403-
            software_deployments:update    200+  200+  404-  403-  403-
            software_deployments:delete    204-  204-  404-  403-  403-
            software_deployments:watch     200+  200+  200-  403-  403-
            software_deployments:events    200-  200-  404-  403-  403-
            software_deployments:metadata  200+  200+  200-  403-  403-
            software_deployments:agent     200-  200-  200-  403-  403-
            servers:index                  200-  200-  200-  403-  403-
            stacks:validate_template       200-  200-  200-  403-  403-
            build_info:build_info          200-  200-  200-  403-  403-
            """
                    .lines()
                    .map(line -> List.of(line.split(" +")))
                    .collect(Collectors.toMap(words -> words.get(0), words -> words.subList(1, words.size())));

    /** The operations that a stack user may call. A reader may call those that change nothing. */
    private static final List<String> OF_STACK_USERS =
            List.of("software_deployments:metadata", "software_deployments:show", "software_deployments:update");

    private static final String BODY = """
            {"config_id": "c", "server_id": "s", "action": "CREATE"}""";

    /** A header of a request, by which the service knows the caller. */
    public record Credentials(String header, String value) {}

    /**
     * The credentials of a caller.
     *
     * @param project the project, or the tenant, of the token; empty for none
     */
    protected abstract Credentials credentials(String project, String role);

    private static RequestSpecification with(Credentials caller) {
        return given().urlEncodingEnabled(false)
                .header(caller.header(), caller.value())
                .contentType("application/json");
    }

    @ParameterizedTest
    @MethodSource("cells")
    void respondsAsTheTablesSay(Cell cell) throws Exception {
        Credentials member = credentials(tenant, "member");
        String config = id(with(member).body("{}"), "software_configs", "software_config");
        String stackUsers = "agents-" + tenant;
        String deployment = id(
                with(member)
                        .body(
                                """
                                {"config_id": "%s", "server_id": "server-1", "action": "CREATE",
                                "stack_user_project_id": "%s"}"""
                                        .formatted(config, stackUsers)),
                "software_deployments",
                "software_deployment");
        String project =
                switch (cell.from()) {
                    case OWN -> tenant;
                    case STACK_USERS -> stackUsers;
                    case OTHER, OTHER_IN_PATH_OF_TENANT -> "other-" + tenant;
                    case NONE -> "";
                };
        String path =
                switch (cell.from()) {
                    case OWN, OTHER_IN_PATH_OF_TENANT, NONE -> tenant;
                    case STACK_USERS, OTHER -> project;
                };

        Response response =
                send(cell.operation(), credentials(project, cell.role()), "/v1/" + path, config, deployment);
        boolean sees = response.asString().contains("\"id\":\"" + config + "\"")
                || response.asString().contains("\"id\":\"" + deployment + "\"");
        assertEquals(expected(cell), response.statusCode() + (sees ? "+" : "-"));
    }

    private static String expected(Cell cell) {
        Operation operation = cell.operation();
        boolean permitted =
                switch (cell.role()) {
                    case "reader" -> !operation.isAudited();
                    case "member", "admin" -> true;
                    case "heat_stack_user" -> OF_STACK_USERS.contains(operation.policyName());
                    default -> false;
                };
        return permitted
                ? FROM_PROJECTS.get(operation.policyName()).get(cell.from().ordinal())
                : "403-";
    }

    private static Response send(Operation operation, Credentials caller, String root, String config, String deployment)
            throws Exception {
        RequestSpecification request = with(caller);
        String configs = root + "/software_configs";
        String deployments = root + "/software_deployments";
        return switch (operation) {
            case LIST_CONFIGS -> request.get(configs);
            case CREATE_CONFIG -> request.body("{}").post(configs);
            case SHOW_CONFIG -> request.get(configs + "/" + config);
            case DELETE_CONFIG -> request.delete(configs + "/" + config);
            case LIST_DEPLOYMENTS -> request.get(deployments);
            case CREATE_DEPLOYMENT -> request.body(BODY).post(deployments);
            case SHOW_DEPLOYMENT -> request.get(deployments + "/" + deployment);
            case UPDATE_DEPLOYMENT -> request.body("{\"status\": \"COMPLETE\"}").put(deployments + "/" + deployment);
            case DELETE_DEPLOYMENT -> request.delete(deployments + "/" + deployment);
            case WATCH_DEPLOYMENTS -> watch(caller, deployments + "/watch");
            case LIST_EVENTS -> request.get(deployments + "/" + deployment + "/events");
            case SHOW_METADATA -> request.get(deployments + "/metadata/server-1");
            case SHOW_AGENT -> request.get(deployments + "/metadata/server-1/agent");
            case LIST_SERVERS -> request.get(root + "/servers");
            case VALIDATE_TEMPLATE -> request.body("{}").post(root + "/validate");
            case SHOW_BUILD_INFO -> request.get(root + "/build_info");
        };
    }

    /** Reads a stream until the current state is complete. */
    private static Response watch(Credentials caller, String path) throws Exception {
        StringBuilder body = new StringBuilder();
        try (StreamClient client = StreamClient.open(CLIENT, uri(path), caller.header(), caller.value())) {
            int status = client.response().statusCode();
            Event event = new Event("none", null, null);
            while (status == 200 && !event.name().equals("synced")) {
                event = client.next();
                body.append(event.data());
            }
            return new ResponseBuilder()
                    .setStatusCode(status)
                    .setBody(body.toString())
                    .build();
        }
    }

    private String id(RequestSpecification request, String collection, String envelope) {
        return request.post("/v1/" + tenant + "/" + collection)
                .then()
                .statusCode(200)
                .extract()
                .path(envelope + ".id");
    }

    static Stream<Cell> cells() {
        return Arrays.stream(Operation.values()).flatMap(operation -> ROLES.stream()
                .flatMap(role -> Arrays.stream(From.values()).map(from -> new Cell(operation, role, from))));
    }

    /** The project of the caller's token and the tenant in the path. */
    enum From {
        OWN,
        STACK_USERS,
        OTHER,
        OTHER_IN_PATH_OF_TENANT,
        NONE
    }

    record Cell(Operation operation, String role, From from) {}
}
