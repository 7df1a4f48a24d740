"""Tests the generated client with a deployment and its config: round_trip.py URL TENANT TOKEN, and the same for a bearer token"""
import sys

from ember_client import (ApiClient, ApiException, Configuration, DeploymentStatus, ServerMetadataApi, SoftwareConfigCreate,
                          SoftwareConfigInputCreate, SoftwareConfigsApi, SoftwareDeploymentCreate, SoftwareDeploymentsApi,
                          SoftwareDeploymentsEnvelope, SoftwareDeploymentUpdate)
from ember_client.exceptions import BadRequestException, NotFoundException, UnauthorizedException

url, tenant, token = sys.argv[1:4]
bearer_url, bearer_tenant, bearer_token = sys.argv[4:]


def fault(call) -> ApiException:
    try:
        call()
    except ApiException as e:
        return e
    raise AssertionError("no fault")


with ApiClient(Configuration(host=url, api_key={"KeystoneToken": token})) as client:
    configs, deployments = SoftwareConfigsApi(client), SoftwareDeploymentsApi(client)

    # The published example
    created = deployments.create_software_deployment(tenant, SoftwareDeploymentCreate(
        config_id="8da95794-2ad9-4979-8ae5-739ce314c5cd", server_id="ec14c864-096e-4e27-bb8a-2c2b4dc6f3f5",
        stack_user_project_id="c024bfada67845ddb17d2b0c0be8cd79", action="CREATE", status=DeploymentStatus.IN_PROGRESS,
        status_reason="Deploy data available")).software_deployment
    assert created.status == DeploymentStatus.IN_PROGRESS
    assert created.input_values is None and created.output_values is None
    assert created.updated_time == created.creation_time
    assert deployments.get_software_deployment(tenant, created.id).software_deployment == created

    # A config, and a deployment of it with default values
    config = configs.create_software_config(tenant, SoftwareConfigCreate(
        name="greet", group="script", config="echo Hello, $who", inputs=[SoftwareConfigInputCreate(name="who")],
        options={"shell": "sh"})).software_config
    assert config.config == "echo Hello, $who"
    assert config.inputs[0].type == "String"
    second = deployments.create_software_deployment(tenant, SoftwareDeploymentCreate(
        config_id=str(config.id), server_id="server", action="CREATE", status=None,
        input_values={"who": "world"})).software_deployment

    # A list, page by page
    seen = []
    while page := deployments.list_software_deployments(tenant, limit=1, marker=seen[-1] if seen else None).software_deployments:
        seen += [deployment.id for deployment in page]
    assert seen == [created.id, second.id]
    filtered = deployments.list_software_deployments(tenant, server_id="server", status=DeploymentStatus.IN_PROGRESS)
    assert len(filtered.software_deployments) == 1

    # The metadata of the server, and an update with the result
    assert ServerMetadataApi(client).get_server_metadata(tenant, "server").metadata == [config]
    updated = deployments.update_software_deployment(tenant, second.id, SoftwareDeploymentUpdate(
        status=DeploymentStatus.COMPLETE, output_values={"deploy_status_code": 0})).software_deployment
    assert updated.status == DeploymentStatus.COMPLETE
    assert updated.input_values == {"who": "world"}, "an update keeps the other fields"

    # Faults have a type. The client itself rejects a blank config_id, so this request has another invalid value.
    invalid = fault(lambda: deployments.list_software_deployments(tenant, marker="00000000-0000-0000-0000-000000000000"))
    assert isinstance(invalid, BadRequestException)
    assert invalid.data.error.type == "Invalid"
    assert "marker" in invalid.data.error.message
    assert invalid.data.error.traceback is None

    deployments.delete_software_deployment(tenant, created.id)
    deployments.delete_software_deployment(tenant, second.id)
    configs.delete_software_config(tenant, config.id)
    assert isinstance(fault(lambda: deployments.get_software_deployment(tenant, created.id)), NotFoundException)

    # A field that this client does not know
    assert SoftwareDeploymentsEnvelope.from_json('{"software_deployments": [], "later": 1}').software_deployments == []

# A bearer token instead
with ApiClient(Configuration(host=bearer_url)) as client:
    denied = fault(lambda: SoftwareDeploymentsApi(client).list_software_deployments(bearer_tenant))
    assert isinstance(denied, UnauthorizedException)
with ApiClient(Configuration(host=bearer_url, access_token=bearer_token)) as client:
    assert SoftwareDeploymentsApi(client).list_software_deployments(bearer_tenant).software_deployments == []
print("Python: done")
