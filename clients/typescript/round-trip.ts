// Tests the generated client with a deployment and its config: node round-trip.js URL TENANT TOKEN, and the same for a bearer token
import {
  Configuration,
  DeploymentStatus,
  FaultFromJSON,
  ResponseError,
  ServerMetadataApi,
  SoftwareConfigsApi,
  SoftwareDeploymentsApi,
  SoftwareDeploymentsEnvelopeFromJSON,
  type Fault,
  type SoftwareDeployment,
  type SoftwareDeploymentCreate,
} from "./client/index.js";

const [, , basePath = "", tenantId = "", token = "", bearerPath = "", bearerTenant = "", bearerToken = ""] = process.argv;
const configuration = new Configuration({ basePath, apiKey: token });
const configs = new SoftwareConfigsApi(configuration);
const deployments = new SoftwareDeploymentsApi(configuration);

function check(holds: boolean, what: string): void {
  if (!holds) throw new Error(`Failed: ${what}`);
}

async function fault(call: () => Promise<unknown>): Promise<Fault> {
  try {
    await call();
  } catch (e) {
    if (e instanceof ResponseError) return FaultFromJSON(await e.response.json());
    throw e;
  }
  throw new Error("no fault");
}

// The published example
const { softwareDeployment: created } = await deployments.createSoftwareDeployment({
  tenantId,
  softwareDeploymentCreate: {
    configId: "8da95794-2ad9-4979-8ae5-739ce314c5cd",
    serverId: "ec14c864-096e-4e27-bb8a-2c2b4dc6f3f5",
    stackUserProjectId: "c024bfada67845ddb17d2b0c0be8cd79",
    action: "CREATE",
    status: DeploymentStatus.InProgress,
    statusReason: "Deploy data available",
  },
});
check(created.status === "IN_PROGRESS", "a create returns the status of the example");
check(created.inputValues === null && created.outputValues === null, "missing values are null");
check(created.updatedTime.getTime() === created.creationTime.getTime(), "both times are equal");

const id = created.id;
const { softwareDeployment: shown } = await deployments.getSoftwareDeployment({ tenantId, id });
check(JSON.stringify(shown) === JSON.stringify(created), "a show returns the created deployment");

// A config, and a deployment of it with default values
const { softwareConfig: config } = await configs.createSoftwareConfig({
  tenantId,
  softwareConfigCreate: {
    name: "greet",
    group: "script",
    config: "echo Hello, $who",
    inputs: [{ name: "who" }],
    options: { shell: "sh" },
  },
});
check(config.config === "echo Hello, $who", "a config can be any JSON value");
check(config.inputs[0]?.type === "String", "an input has a default type");
const {
  softwareDeployment: { id: second },
} = await deployments.createSoftwareDeployment({
  tenantId,
  softwareDeploymentCreate: {
    configId: config.id,
    serverId: "server",
    action: "CREATE",
    status: null,
    inputValues: { who: "world" },
  },
});

// A list, page by page
const seen: string[] = [];
let page: SoftwareDeployment[];
do {
  const marker = seen.at(-1);
  ({ softwareDeployments: page } = await deployments.listSoftwareDeployments({
    tenantId,
    limit: 1,
    ...(marker && { marker }),
  }));
  seen.push(...page.map((deployment) => deployment.id));
} while (page.length > 0);
check(seen.join() === [id, second].join(), "there are two pages, oldest first");
const filtered = await deployments.listSoftwareDeployments({ tenantId, serverId: "server", status: "IN_PROGRESS" });
check(filtered.softwareDeployments.length === 1, "a list returns only deployments that match its filters");

// The metadata of the server, and an update with the result
const { metadata } = await new ServerMetadataApi(configuration).getServerMetadata({ tenantId, serverId: "server" });
check(JSON.stringify(metadata) === JSON.stringify([config]), "the metadata has the complete config");
const { softwareDeployment: updated } = await deployments.updateSoftwareDeployment({
  tenantId,
  id: second,
  softwareDeploymentUpdate: { status: "COMPLETE", outputValues: { deploy_status_code: 0 } },
});
check(updated.status === "COMPLETE", "an update changes the status");
check(updated.inputValues?.["who"] === "world", "an update keeps the other fields");

// Faults have a type
const invalidCreate: SoftwareDeploymentCreate = { configId: " ", serverId: "s", action: "CREATE" };
const invalid = await fault(() => deployments.createSoftwareDeployment({ tenantId, softwareDeploymentCreate: invalidCreate }));
check(invalid.code === 400 && invalid.error.type === "Invalid", "a blank field is a validation fault");
check(invalid.error.message.includes("config_id is required"), "the fault names the field");
check(invalid.error.traceback === null, "the fault has no traceback");

await deployments.deleteSoftwareDeployment({ tenantId, id });
await deployments.deleteSoftwareDeployment({ tenantId, id: second });
await configs.deleteSoftwareConfig({ tenantId, id: config.id });
const gone = await fault(() => deployments.getSoftwareDeployment({ tenantId, id }));
check(gone.code === 404, "a deleted deployment gets 404");

// A field that this client does not know
check(SoftwareDeploymentsEnvelopeFromJSON({ software_deployments: [], later: 1 }).softwareDeployments.length === 0, "unknown fields are ignored");

// A bearer token instead
async function listWith(accessToken?: string): Promise<number> {
  const bearer = new Configuration({ basePath: bearerPath, ...(accessToken && { accessToken }) });
  try {
    const list = await new SoftwareDeploymentsApi(bearer).listSoftwareDeploymentsRaw({ tenantId: bearerTenant });
    return list.raw.status;
  } catch (e) {
    if (e instanceof ResponseError) return e.response.status;
    throw e;
  }
}
check((await listWith()) === 401, "a call without a token gets 401");
check((await listWith(bearerToken)) === 200, "a call with a bearer token is accepted");
console.log("TypeScript: done");
