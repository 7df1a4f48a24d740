"""Servers with agents that poll and send signals, as os-collect-config and heat-config-notify do: a new connection each time."""
import asyncio
import collections
import hashlib
import hmac
import json
import random
import time

from generators import Failed, Percentiles, message

PUBLIC_URL = "https://ember.example"
KEY = "0123456789abcdef" * 4
SETTINGS = {"EMBER_PUBLIC_URL": PUBLIC_URL, "EMBER_SIGNING_KEY": KEY}
# os-collect-config waits that long for a response.
PATIENCE = 10
TENANT, CONFIGS, DEPLOYMENTS_EACH = "fleet", 20, 5
ID = "01900000-0000-7000-8004-{:012x}"
REPORT = b'{"deploy_stdout": "done", "deploy_stderr": "", "deploy_status_code": 0}'
FILL = f"""
    insert into software_config (id, tenant_id, name, group_name, config, inputs, outputs, options, created_at)
    select '01900000-0000-7000-9004-' || lpad(to_hex(number), 12, '0'), '{TENANT}', 'config-' || number, 'script',
           to_json(repeat('echo of a script' || chr(10), 20)), '[{{{{"name": "input", "type": "String"}}}}]',
           '[{{{{"name": "result", "type": "String"}}}}]', '{{{{}}}}', now()
    from generate_series(0, {CONFIGS} - 1) as number;
    insert into software_deployment (id, tenant_id, config_id, server_id, action, status, created_at, updated_at)
    select ('01900000-0000-7000-8004-' || lpad(to_hex(number), 12, '0'))::uuid, '{TENANT}',
           '01900000-0000-7000-9004-' || lpad(to_hex(number % {CONFIGS}), 12, '0'), 'server-' || number % {{agents}}, 'CREATE',
           'IN_PROGRESS', now(), now()
    from generate_series(0, {{agents}} * {DEPLOYMENTS_EACH} - 1) as number"""


def keyed(key, text):
    return hmac.new(key, text.encode(), hashlib.sha256)


def derived(purpose):
    return keyed(bytes.fromhex(KEY), "ember agent 1 " + purpose).digest()


FOR_METADATA, FOR_SIGNALS = derived("metadata"), derived("signal")


def metadata_path(tenant, server):
    """Signed here, and not by the service, so that a change of the signature is noticed."""
    signature = keyed(FOR_METADATA, f"{tenant}\n{server}").hexdigest()
    return f"/agent/v1/{tenant}/servers/{server}/metadata?signature={signature}"


def signal_path(tenant, deployment, run=0):
    signature = keyed(FOR_SIGNALS, f"{tenant}\n{deployment}\n{run}").hexdigest()
    return f"/agent/v1/{tenant}/software_deployments/{deployment}/signal?run={run}&signature={signature}"


def check_metadata(body, tenant, server, deployments):
    """The metadata must list these deployments, each with its signed URL, and the URL of the metadata."""
    metadata = json.loads(body)
    expected = {deployment + "-0": PUBLIC_URL + signal_path(tenant, deployment) for deployment in deployments}
    listed = {entry["id"]: value["value"] for entry in metadata["deployments"] for value in entry["inputs"]
              if value["name"] == "deploy_signal_id"}
    if listed != expected or metadata["os-collect-config"]["request"]["metadata_url"] != PUBLIC_URL + metadata_path(tenant, server):
        raise Failed(f"The metadata of {server} are wrong: {body[:500]!r}")


def request(method, path, body=b""):
    headers = {"Host": "ember.example", "User-Agent": "python-requests/2.28.1", "Accept-Encoding": "gzip, deflate", "Accept": "*/*"}
    return message(method, path, body, {**headers, "Content-Type": "application/json"} if body else headers)


class Fleet:
    """
    The agents of a number of servers. Each polls once in an interval, at a time of its own, with HEAD and GET; signals come at
    random times, each of another deployment. Latency counts from the time when a poll or a signal was due.
    """

    def __init__(self, service, agents, interval, signals, seconds):
        self.service, self.agents, self.interval = service, agents, interval
        chance = random.Random(1)
        offsets = [chance.uniform(0, interval) for _ in range(agents)]
        polls = [(offset + cycle * interval, self.poll, agent) for agent, offset in enumerate(offsets)
                 for cycle in range(int(seconds / interval) + 1) if offset + cycle * interval < seconds]
        self.reported = chance.sample(range(agents * DEPLOYMENTS_EACH), int(signals * seconds))
        reports = [(chance.uniform(0, seconds), self.signal, deployment) for deployment in self.reported]
        self.schedule = sorted(polls + reports, key=lambda event: event[0])
        self.polls, self.signals, self.failures = [], [], collections.Counter()
        self.resident = []

    def run(self):
        asyncio.run(self.follow_schedule())

    async def follow_schedule(self):
        begun, running = time.monotonic() + 0.1, set()
        memory = asyncio.create_task(self.watch_memory())
        for offset, action, number in self.schedule:
            due = begun + offset
            if due > time.monotonic():
                await asyncio.sleep(due - time.monotonic())
            task = asyncio.create_task(self.attempt(action, number, due))
            running.add(task)
            task.add_done_callback(running.discard)
        if running:
            await asyncio.wait(running)
        memory.cancel()

    async def watch_memory(self):
        while True:
            self.resident.append(self.service.memory("VmRSS"))
            await asyncio.sleep(1)

    async def attempt(self, action, number, due):
        latencies = self.polls if action == self.poll else self.signals
        try:
            await asyncio.wait_for(action(number), PATIENCE)
            latencies.append((time.monotonic() - due) * 1000)
        except (OSError, EOFError, ValueError, LookupError, Failed, asyncio.TimeoutError) as e:
            self.failures[f"{action.__name__}: {e!r}"[:300]] += 1

    async def poll(self, agent):
        server = f"server-{agent}"
        path = metadata_path(TENANT, server)
        _, body = await self.exchange(request("HEAD", path), request("GET", path))
        deployments = [ID.format(number) for number in range(agent, self.agents * DEPLOYMENTS_EACH, self.agents)]
        check_metadata(body, TENANT, server, deployments)

    async def signal(self, deployment):
        [body] = await self.exchange(request("PUT", signal_path(TENANT, ID.format(deployment)), REPORT))
        if body != b"{}":
            raise Failed(f"A signal got {body[:200]!r}")

    async def exchange(self, *requests):
        """The bodies of the responses to requests on a new connection. Each must have the status 200."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.service.port)
        try:
            bodies = []
            for sent in requests:
                writer.write(sent)
                lines = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
                if lines[0] != "HTTP/1.1 200 OK":
                    raise Failed(lines[0])
                length = next((int(line.partition(":")[2]) for line in lines if line.lower().startswith("content-length:")), 0)
                bodies.append(await reader.readexactly(0 if sent.startswith(b"HEAD ") else length))
            return bodies
        finally:
            writer.close()

    def check(self, postgres):
        """Each poll and each signal had its response, and each signal has completed its deployment and no other."""
        if self.failures:
            raise Failed(f"{self.failures.total()} failures, such as {self.failures.most_common(3)}")
        if len(self.polls) + len(self.signals) != len(self.schedule):
            raise Failed(f"{len(self.schedule)} polls and signals were due, but {len(self.polls)} and {len(self.signals)} done")
        complete = set(postgres.query(f"select id from software_deployment where tenant_id = '{TENANT}' and status = 'COMPLETE'"
                                      " and status_reason = 'Outputs received' and output_values ->> 'deploy_stdout' = 'done'").split())
        if complete != {ID.format(number) for number in self.reported}:
            raise Failed(f"{len(self.signals)} signals were acknowledged, but {len(complete)} deployments are complete")

    def percentiles(self):
        return Percentiles.of(self.polls), Percentiles.of(self.signals)
