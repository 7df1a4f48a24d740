// Everything that one does with a software deployment: node round-trip.js URL TENANT TOKEN
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

const [, , basePath = "", tenantId = "", token = ""] = process.argv;
const configuration = new Configuration({ basePath, apiKey: token });
const configs = new SoftwareConfigsApi(configuration);
const deployments = new SoftwareDeploymentsApi(configuration);

function check(holds: boolean, what: string): void {
  if (!holds) throw new Error(`It does not hold that ${what}`);
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
check(created.status === "IN_PROGRESS", "the status is that of the example");
check(created.inputValues === null && created.outputValues === null, "no values are null");
check(created.updatedTime.getTime() === created.creationTime.getTime(), "times are times");

const id = created.id;
const { softwareDeployment: shown } = await deployments.getSoftwareDeployment({ tenantId, id });
check(JSON.stringify(shown) === JSON.stringify(created), "it is shown as created");

// A config, and a deployment of it that starts with the defaults
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
check(config.config === "echo Hello, $who", "any JSON value is a config");
check(config.inputs[0]?.type === "String", "an input has a type");
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
check(filtered.softwareDeployments.length === 1, "filters filter");

// What the server is to run, and what came of it
const { metadata } = await new ServerMetadataApi(configuration).getServerMetadata({ tenantId, serverId: "server" });
check(JSON.stringify(metadata) === JSON.stringify([config]), "metadata has the whole config");
const { softwareDeployment: updated } = await deployments.updateSoftwareDeployment({
  tenantId,
  id: second,
  softwareDeploymentUpdate: { status: "COMPLETE", outputValues: { deploy_status_code: 0 } },
});
check(updated.status === "COMPLETE", "the update counts");
check(updated.inputValues?.["who"] === "world", "what is not updated stays");

// Faults have a type
const spoilt: SoftwareDeploymentCreate = { configId: " ", serverId: "s", action: "CREATE" };
const invalid = await fault(() => deployments.createSoftwareDeployment({ tenantId, softwareDeploymentCreate: spoilt }));
check(invalid.code === 400 && invalid.error.type === "Invalid", "it is a validation fault");
check(invalid.error.message.includes("config_id is required"), "it names the field");
check(invalid.error.traceback === null, "it has no traceback");

await deployments.deleteSoftwareDeployment({ tenantId, id });
await deployments.deleteSoftwareDeployment({ tenantId, id: second });
await configs.deleteSoftwareConfig({ tenantId, id: config.id });
const gone = await fault(() => deployments.getSoftwareDeployment({ tenantId, id }));
check(gone.code === 404, "deleted is gone");

// A field that this client does not know
check(SoftwareDeploymentsEnvelopeFromJSON({ software_deployments: [], later: 1 }).softwareDeployments.length === 0, "it is read");
console.log("TypeScript: done");
