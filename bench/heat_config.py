#!/usr/bin/python3
"""A stand-in for the agents of heat-agents (heat-config, its script hook and heat-config-notify), for e2e/agents.

os-refresh-config runs it after os-apply-config has written what the server has to run. It runs each entry of the group
script once, and sends the result to the URL in the entry's inputs.
"""
import json
import os
import subprocess
import sys

import requests
from requests.adapters import HTTPAdapter
from urllib3.util.retry import Retry

ENTRIES = "/var/run/heat-config/heat-config"
DEPLOYED = "/var/lib/heat-config/deployed"
SCRIPTS = "/var/lib/heat-config/heat-config-script"
OUTPUTS = "/var/run/heat-config/heat-config-script"


def run(entry, inputs):
    """The body of the signal."""
    script, outputs = os.path.join(SCRIPTS, entry["id"]), os.path.join(OUTPUTS, entry["id"])
    with open(os.open(script, os.O_CREAT | os.O_WRONLY, 0o700), "w") as file:
        file.write(entry["config"])
    # A value that is not text stops the run, as in the hook of heat-agents.
    environment = {name: json.dumps(value) if isinstance(value, (dict, list)) else value for name, value in inputs.items()}
    done = subprocess.run([script], capture_output=True, env={**os.environ, **environment, "heat_outputs_path": outputs})
    result = {}
    for output in entry["outputs"]:
        if os.path.exists(path := f"{outputs}.{output['name']}"):
            with open(path) as file:
                result[output["name"]] = file.read()
    return {**result, "deploy_stdout": done.stdout.decode("utf-8", "replace"),
            "deploy_stderr": done.stderr.decode("utf-8", "replace"), "deploy_status_code": done.returncode}


def notify(inputs, result):
    """Only PUT is repeated: urllib3 takes POST for a request that must not be sent twice."""
    session = requests.Session()
    session.mount("http://", HTTPAdapter(max_retries=Retry(total=10, backoff_factor=0.5,
                                                           status_forcelist=(500, 502, 503, 504))))
    method = "PUT" if inputs.get("deploy_signal_verb") == "PUT" else "POST"
    response = session.request(method, inputs["deploy_signal_id"], data=json.dumps(result),
                               headers={"content-type": "application/json"})
    print(f"Response {response.status_code}", file=sys.stderr)


def deploy(entry):
    deployed = os.path.join(DEPLOYED, entry["id"] + ".json")
    if entry["group"] != "script" or os.path.exists(deployed):
        return
    # Text in Python's notation for all other values of the type String, as in heat-agents.
    inputs = {each["name"]: str(each["value"]) if each.get("type") == "String" else each["value"] for each in entry["inputs"]}
    with open(os.open(deployed, os.O_CREAT | os.O_WRONLY, 0o600), "w") as file:
        json.dump(entry, file)
    notify(inputs, run(entry, inputs))


def main():
    for directory in (DEPLOYED, SCRIPTS, OUTPUTS):
        os.makedirs(directory, 0o700, exist_ok=True)
    with open(ENTRIES) as file:
        text = file.read()
    # The file is empty when no source of metadata has deployments.
    for entry in json.loads(text or "[]"):
        try:
            deploy(entry)
        except Exception as e:
            print(f"{entry['id']}: {e!r}", file=sys.stderr)


if __name__ == "__main__":
    main()
