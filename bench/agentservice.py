"""The service with in-server agents enabled, and the requests of an operator, for e2e/agents."""
import json
import re
import time
import urllib.error
import urllib.parse
import urllib.request

from scratch import Service, free_port

# The blank has to be encoded in URLs.
SERVER = "web 1"
PATIENCE = 60


def ask(method, url, fields=None):
    """Sends a request. Returns the status and the text of the response."""
    body = None if fields is None else json.dumps(fields).encode()
    request = urllib.request.Request(url, body, {"Content-Type": "application/json"}, method=method)
    try:
        with urllib.request.urlopen(request, timeout=20) as response:
            return response.status, response.read().decode()
    except urllib.error.HTTPError as e:
        return e.code, e.read().decode()


def until(condition, what):
    """Waits until the condition returns a true value. Returns that value."""
    last = time.monotonic() + PATIENCE
    while not (value := condition()):
        if time.monotonic() > last:
            raise TimeoutError(f"{what}: not within {PATIENCE} s")
        time.sleep(0.1)
    return value


class Ember:
    """The service, with one server of a tenant. The URL and the log stay the same after a restart."""

    def __init__(self, executable, postgres, log):
        self.executable, self.postgres, self.log = executable, postgres, log
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.endpoint = f"{self.url}/v1/agents"
        self.signatures = set()

    def start(self, key, previous=None):
        self.key = key
        rotation = {"EMBER_SIGNING_KEY_PREVIOUS": previous} if previous else {}
        self.service = Service(self.executable, self.postgres.url, port=self.port, log=self.log, EMBER_PUBLIC_URL=self.url,
                               EMBER_SIGNING_KEY=key, EMBER_AGENT_POLLING_INTERVAL="2S", QUARKUS_LOG_LEVEL="DEBUG", **rotation)
        self.service.await_health()

    def stop(self):
        self.service.stop()

    def call(self, method, path, fields=None):
        status, text = ask(method, f"{self.endpoint}/{path}", fields)
        if status not in (200, 204):
            raise RuntimeError(f"{method} {path}: {status} {text}")
        return json.loads(text) if text else None

    def config(self, config, group="script", outputs=("result",), **fields):
        outputs = [output if isinstance(output, dict) else {"name": output} for output in outputs]
        body = {"name": "c", "group": group, "config": config, "outputs": outputs, **fields}
        return self.call("POST", "software_configs", body)["software_config"]["id"]

    def deploy(self, config, **values):
        body = {"config_id": config, "server_id": SERVER, "action": "CREATE", "input_values": values}
        return self.call("POST", "software_deployments", body)["software_deployment"]["id"]

    def show(self, deployment):
        return self.call("GET", f"software_deployments/{deployment}")["software_deployment"]

    def update(self, deployment, **fields):
        return self.call("PUT", f"software_deployments/{deployment}", fields)["software_deployment"]

    def finished(self, deployment):
        """Waits until a deployment is no longer in progress. Returns its status, reason and outputs."""
        def ended():
            shown = self.show(deployment)
            return shown["status"] != "IN_PROGRESS" and [shown[key] for key in ("status", "status_reason", "output_values")]
        return until(ended, f"{deployment} has ended")

    def setup(self):
        agent = self.call("GET", f"software_deployments/metadata/{urllib.parse.quote(SERVER)}/agent")["agent"]
        self.note(agent["metadata_url"])
        return agent

    def metadata_url(self):
        return self.setup()["metadata_url"]

    def note(self, text):
        self.signatures.update(re.findall(r"signature=([0-9a-f]{64})", text))

    def entry(self, deployment):
        """Returns the entry of a deployment in the metadata of its agent, with the inputs by name."""
        text = ask("GET", self.metadata_url())[1]
        self.note(text)
        entry, = (each for each in json.loads(text)["deployments"] if each["deployment_id"] == deployment)
        return {**entry, "inputs": {each["name"]: each["value"] for each in entry["inputs"]}}

    def signal_url(self, deployment):
        return self.entry(deployment)["inputs"]["deploy_signal_id"]

    def metric(self, pattern):
        """Returns the sum of the metrics whose names and labels match."""
        lines = re.findall(rf"^{pattern} (\S+)$", ask("GET", f"{self.url}/q/metrics")[1], re.MULTILINE)
        return sum(map(float, lines))

    def signals(self, outcome):
        return self.metric(rf'ember_agent_signals_total{{outcome="{outcome}",?}}')
