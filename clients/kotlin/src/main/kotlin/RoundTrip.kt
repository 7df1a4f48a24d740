import dev.ember.client.apis.ServerMetadataApi
import dev.ember.client.apis.SoftwareConfigsApi
import dev.ember.client.apis.SoftwareDeploymentsApi
import dev.ember.client.infrastructure.ApiClient
import dev.ember.client.infrastructure.ClientError
import dev.ember.client.infrastructure.ClientException
import dev.ember.client.infrastructure.Serializer
import dev.ember.client.models.DeploymentStatus
import dev.ember.client.models.Fault
import dev.ember.client.models.SoftwareConfigCreate
import dev.ember.client.models.SoftwareConfigInputCreate
import dev.ember.client.models.SoftwareConfigValueType
import dev.ember.client.models.SoftwareDeploymentCreate
import dev.ember.client.models.SoftwareDeploymentUpdate
import dev.ember.client.models.SoftwareDeploymentsEnvelope
import java.util.UUID

/** Tests the generated client with a deployment and its config: URL TENANT TOKEN, and the same for a bearer token. */
fun main(arguments: Array<String>) {
    val (url, tenant, token) = arguments
    ApiClient.apiKey["X-Auth-Token"] = token
    val configs = SoftwareConfigsApi(url)
    val deployments = SoftwareDeploymentsApi(url)

    // The published example
    val example = SoftwareDeploymentCreate(
        configId = "8da95794-2ad9-4979-8ae5-739ce314c5cd",
        serverId = "ec14c864-096e-4e27-bb8a-2c2b4dc6f3f5",
        stackUserProjectId = "c024bfada67845ddb17d2b0c0be8cd79",
        action = "CREATE",
        status = DeploymentStatus.IN_PROGRESS,
        statusReason = "Deploy data available",
    )
    val created = deployments.createSoftwareDeployment(tenant, example).softwareDeployment
    check(created.status == DeploymentStatus.IN_PROGRESS)
    check(created.inputValues == null && created.outputValues == null)
    check(created.updatedTime == created.creationTime)
    check(created == deployments.getSoftwareDeployment(tenant, created.id).softwareDeployment)

    // A config, and a deployment of it with default values
    val config = configs.createSoftwareConfig(
        tenant,
        SoftwareConfigCreate(
            name = "greet",
            group = "script",
            config = "echo Hello, \$who",
            inputs = listOf(SoftwareConfigInputCreate(name = "who")),
            options = mapOf("shell" to "sh"),
        ),
    ).softwareConfig
    check(config.config == "echo Hello, \$who")
    check(config.inputs.single().type == SoftwareConfigValueType.String)
    val second = deployments.createSoftwareDeployment(
        tenant,
        SoftwareDeploymentCreate(config.id.toString(), "server", "CREATE", inputValues = mapOf("who" to "world")),
    ).softwareDeployment.id

    // A list, page by page
    val pages = generateSequence(emptyList<UUID>()) { page ->
        deployments.listSoftwareDeployments(tenant, limit = 1, marker = page.lastOrNull())
            .softwareDeployments.map { it.id }.ifEmpty { null }
    }
    check(pages.flatten().toList() == listOf(created.id, second))
    check(deployments.listSoftwareDeployments(tenant, serverId = "server", status = DeploymentStatus.IN_PROGRESS)
        .softwareDeployments.size == 1)

    // The metadata of the server, and an update with the result
    check(ServerMetadataApi(url).getServerMetadata(tenant, "server").metadata == listOf(config))
    val update = SoftwareDeploymentUpdate(
        status = DeploymentStatus.COMPLETE,
        outputValues = mapOf("deploy_status_code" to 0),
    )
    val updated = deployments.updateSoftwareDeployment(tenant, second, update).softwareDeployment
    check(updated.status == DeploymentStatus.COMPLETE)
    check(updated.inputValues == mapOf("who" to "world")) // An update keeps the other fields.

    // Faults have a type
    val invalid = fault {
        deployments.createSoftwareDeployment(tenant, SoftwareDeploymentCreate(" ", "server", "CREATE"))
    }
    check(invalid.code == 400 && invalid.error.type == "Invalid")
    check("config_id is required" in invalid.error.message)
    check(invalid.error.traceback == null)

    deployments.deleteSoftwareDeployment(tenant, created.id)
    deployments.deleteSoftwareDeployment(tenant, second)
    configs.deleteSoftwareConfig(tenant, config.id)
    check(fault { deployments.getSoftwareDeployment(tenant, created.id) }.code == 404)

    // A field that this client does not know
    Serializer.jacksonObjectMapper.readValue(
        """{"software_deployments": [], "later": 1}""",
        SoftwareDeploymentsEnvelope::class.java,
    )

    // A bearer token instead
    val (bearerUrl, bearerTenant, bearerToken) = arguments.drop(3)
    ApiClient.apiKey.clear()
    check(status { SoftwareDeploymentsApi(bearerUrl).listSoftwareDeployments(bearerTenant) } == 401)
    ApiClient.accessToken = bearerToken
    check(SoftwareDeploymentsApi(bearerUrl).listSoftwareDeployments(bearerTenant).softwareDeployments.isEmpty())
    println("Kotlin: done")
}

private fun status(call: () -> Unit): Int =
    try {
        call()
        error("no error")
    } catch (e: ClientException) {
        e.statusCode
    }

private fun fault(call: () -> Unit): Fault =
    try {
        call()
        error("no fault")
    } catch (e: ClientException) {
        Serializer.jacksonObjectMapper.readValue((e.response as ClientError<*>).body as String, Fault::class.java)
    }
