import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ember.client.ApiClient;
import dev.ember.client.ApiException;
import dev.ember.client.api.ServerMetadataApi;
import dev.ember.client.api.SoftwareConfigsApi;
import dev.ember.client.api.SoftwareDeploymentsApi;
import dev.ember.client.model.DeploymentStatus;
import dev.ember.client.model.Fault;
import dev.ember.client.model.SoftwareConfig;
import dev.ember.client.model.SoftwareConfigCreate;
import dev.ember.client.model.SoftwareConfigInputCreate;
import dev.ember.client.model.SoftwareDeployment;
import dev.ember.client.model.SoftwareDeploymentCreate;
import dev.ember.client.model.SoftwareDeploymentUpdate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** Tests the generated client with a deployment and its config: java RoundTrip URL TENANT TOKEN, and the same for a bearer token. */
public final class RoundTrip {

    public static void main(String... arguments) throws Exception {
        ApiClient client = new ApiClient();
        client.updateBaseUri(arguments[0]);
        client.setRequestInterceptor(request -> request.header("X-Auth-Token", arguments[2]));
        run(client, arguments[1]);
        callWithABearerToken(arguments[3], arguments[4], arguments[5]);
        System.out.println("Java: done");
    }

    private static void callWithABearerToken(String url, String tenant, String token) throws Exception {
        ApiClient client = new ApiClient();
        client.updateBaseUri(url);
        SoftwareDeploymentsApi deployments = new SoftwareDeploymentsApi(client);
        try {
            deployments.listSoftwareDeployments(tenant, null, null, null, null, null, null);
            throw new AssertionError("the service needs a token");
        } catch (ApiException e) {
            check(e.getCode() == 401, "a call without a token gets 401");
        }
        client.setRequestInterceptor(request -> request.header("Authorization", "Bearer " + token));
        check(
                new SoftwareDeploymentsApi(client)
                        .listSoftwareDeployments(tenant, null, null, null, null, null, null)
                        .getSoftwareDeployments()
                        .isEmpty(),
                "a call with a bearer token is accepted");
    }

    private static void run(ApiClient client, String tenant) throws Exception {
        SoftwareConfigsApi configs = new SoftwareConfigsApi(client);
        SoftwareDeploymentsApi deployments = new SoftwareDeploymentsApi(client);

        // The published example
        SoftwareDeploymentCreate example = new SoftwareDeploymentCreate()
                .configId("8da95794-2ad9-4979-8ae5-739ce314c5cd")
                .serverId("ec14c864-096e-4e27-bb8a-2c2b4dc6f3f5")
                .stackUserProjectId("c024bfada67845ddb17d2b0c0be8cd79")
                .action("CREATE")
                .status(DeploymentStatus.IN_PROGRESS)
                .statusReason("Deploy data available");
        SoftwareDeployment created =
                deployments.createSoftwareDeployment(tenant, example, null).getSoftwareDeployment();
        check(created.getStatus() == DeploymentStatus.IN_PROGRESS, "a create returns the status of the example");
        check(created.getInputValues() == null && created.getOutputValues() == null, "missing values are null");
        check(created.getUpdatedTime().equals(created.getCreationTime()), "both times are equal");

        UUID id = created.getId();
        check(created.equals(deployments.getSoftwareDeployment(tenant, id, null, null).getSoftwareDeployment()), "a show returns the created deployment");

        // A config, and a deployment of it with default values
        SoftwareConfig config = configs.createSoftwareConfig(
                        tenant,
                        new SoftwareConfigCreate()
                                .name("greet")
                                .group("script")
                                .config("echo Hello, $who")
                                .inputs(List.of(new SoftwareConfigInputCreate().name("who")))
                                .options(Map.of("shell", "sh")),
                        null)
                .getSoftwareConfig();
        check(config.getConfig().equals("echo Hello, $who"), "a config can be any JSON value");
        check(config.getInputs().get(0).getType().getValue().equals("String"), "an input has a default type");
        UUID second = deployments.createSoftwareDeployment(
                        tenant,
                        new SoftwareDeploymentCreate()
                                .configId(config.getId().toString())
                                .serverId("server")
                                .action("CREATE")
                                .inputValues(Map.of("who", "world")),
                        null)
                .getSoftwareDeployment()
                .getId();

        // A list, page by page
        UUID marker = null;
        int pages = 0;
        List<SoftwareDeployment> page;
        while (!(page = deployments
                        .listSoftwareDeployments(tenant, 1, marker, null, null, null, null)
                        .getSoftwareDeployments())
                .isEmpty()) {
            marker = page.get(page.size() - 1).getId();
            pages++;
        }
        check(pages == 2 && marker.equals(second), "there are two pages, oldest first");
        check(
                deployments
                        .listSoftwareDeployments(tenant, null, null, "server", null, null, DeploymentStatus.IN_PROGRESS)
                        .getSoftwareDeployments()
                        .size()
                        == 1,
                "a list returns only deployments that match its filters");

        // The metadata of the server, and an update with the result
        check(
                new ServerMetadataApi(client)
                        .getServerMetadata(tenant, "server", null, null)
                        .getMetadata()
                        .equals(List.of(config)),
                "the metadata has the complete config");
        SoftwareDeployment updated = deployments.updateSoftwareDeployment(
                        tenant,
                        second,
                        new SoftwareDeploymentUpdate()
                                .status(DeploymentStatus.COMPLETE)
                                .outputValues(Map.of("deploy_status_code", 0)),
                        null)
                .getSoftwareDeployment();
        check(updated.getStatus() == DeploymentStatus.COMPLETE, "an update changes the status");
        check(Objects.equals(updated.getInputValues(), Map.of("who", "world")), "an update keeps the other fields");

        // Faults have a type
        Fault invalid = fault(() -> deployments.createSoftwareDeployment(
                tenant, new SoftwareDeploymentCreate().configId(" ").serverId("s"), null));
        check(invalid.getCode() == 400 && invalid.getError().getType().equals("Invalid"), "a blank field is a validation fault");
        check(invalid.getError().getMessage().contains("config_id is required"), "the fault names the field");
        check(invalid.getError().getTraceback() == null, "the fault has no traceback");

        deployments.deleteSoftwareDeployment(tenant, id, null);
        deployments.deleteSoftwareDeployment(tenant, second, null);
        configs.deleteSoftwareConfig(tenant, config.getId(), null);
        check(fault(() -> deployments.getSoftwareDeployment(tenant, id, null, null)).getCode() == 404, "a deleted deployment gets 404");

        // A field that this client does not know
        client.getObjectMapper().readValue("{\"software_deployments\":[],\"later\":1}",
                dev.ember.client.model.SoftwareDeploymentsEnvelope.class);
    }

    private interface Call {
        void run() throws ApiException;
    }

    private static Fault fault(Call call) throws Exception {
        try {
            call.run();
        } catch (ApiException e) {
            return new ObjectMapper().readValue(e.getResponseBody(), Fault.class);
        }
        throw new AssertionError("no fault");
    }

    private static void check(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError("Failed: " + what);
        }
    }
}
