"""Tenants whose deployments are changed while clients wait, and a report of what the clients missed. For e2e/watch."""
import contextlib
import itertools
import json
import random
import re
import threading
import time
from concurrent.futures import ThreadPoolExecutor

from faults import WRITERS, Client, NoResponse, deployment
from views import View, missed, state_of
from watchers import LATE, LongPoll, Stream

# Seconds until a change is acknowledged, and until each client has the last state.
PATIENCE = 60
# Seconds after that in which the clients must receive nothing wrong.
QUIET = 0.5
PAUSE, PAUSE_AFTER_FAILURE = 0.02, 0.1
SERVERS = ["s0", "s1", "s2"]
STATUSES = ["IN_PROGRESS", "COMPLETE", "FAILED"]
EVENTS = {"deployment", "deleted", "polled", "not_found"}
# The lists that clients watch.
FILTERS = ["", "?status=IN_PROGRESS", "?server_id=s0"]
# Agents must be enabled for signals.
AGENTS = {"EMBER_PUBLIC_URL": "http://ember.example", "EMBER_SIGNING_KEY": "0123456789abcdef" * 4}


class Tenant:
    """
    A tenant, its deployments and its clients. Changes go through all replicas in turn, and are repeated until they are
    acknowledged. Only one thread at a time changes a tenant, so its last acknowledged change is its last change.
    """

    def __init__(self, name, ports, deployments=6, text=""):
        self.path = f"/v1/{name}"
        self.deployments = self.path + "/software_deployments"
        self.text = text
        self.random = random.Random(name)
        self.replicas = itertools.cycle([Client(port) for port in ports])
        self.versions = itertools.count(1)
        self.live, self.ids = [], set()
        self.acknowledged, self.acknowledged_at = 0, 0.0
        self.watchers = []
        configs = [self.call("POST", self.path + "/software_configs", {"name": name, "group": "script"}) for name in "ab"]
        self.configs = [each["software_config"]["id"] for each in configs]
        for _ in range(deployments):
            self.create()
        agent = self.call("GET", f"{self.deployments}/metadata/{SERVERS[0]}/agent")["agent"]
        self.agent_path = local(agent["metadata_url"])

    # ---- Requests

    def send(self, method, path, fields=None, headers={}):
        """Repeats a request until it gets a response other than 503, or 409 for a key in use."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            with contextlib.suppress(NoResponse):
                response = next(self.replicas).send(method, path, fields, headers)
                if response.status in (200, 204, 404):
                    return response
                if response.status not in (409, 503):
                    raise RuntimeError(f"{method} {path}: {response.status} {response.body[:300]}")
            time.sleep(PAUSE_AFTER_FAILURE)
        raise RuntimeError(f"{method} {path} was not acknowledged within {PATIENCE} s")

    def call(self, method, path, fields=None, headers={}):
        response = self.send(method, path, fields, headers)
        if response.status == 404:
            raise RuntimeError(f"{method} {path}: 404")
        return json.loads(response.body)

    # ---- Changes

    def fields(self):
        version = next(self.versions)
        return {"config_id": self.random.choice(self.configs), "status": self.random.choice(STATUSES),
                "status_reason": f"change {version}", "input_values": {"version": version, "text": self.text}}

    def acknowledge(self):
        self.acknowledged += 1
        self.acknowledged_at = time.monotonic()

    def create(self):
        body = deployment(server_id=self.random.choice(SERVERS), **self.fields())
        key = {"Idempotency-Key": f'"{body["status_reason"]}"'}
        self.created(self.call("POST", self.deployments, body, key))

    def create_at_once(self, number, ports):
        """Creates deployments over eight connections at the same time."""
        bodies = [deployment(server_id=self.random.choice(SERVERS), **self.fields()) for _ in range(number)]

        def work(port, share):
            client = Client(port)
            return [client.send("POST", self.deployments, body) for body in share]
        with ThreadPoolExecutor(WRITERS) as pool:
            shares = pool.map(work, itertools.cycle(ports), [bodies[first::WRITERS] for first in range(WRITERS)])
            for response in itertools.chain(*shares):
                self.created(json.loads(response.body))

    def created(self, document):
        id = document["software_deployment"]["id"]
        self.live.append(id)
        self.ids.add(id)
        self.acknowledge()

    def update(self, id=None):
        self.call("PUT", f"{self.deployments}/{id or self.random.choice(self.live)}", self.fields())
        self.acknowledge()

    def delete(self):
        id = self.live.pop(self.random.randrange(len(self.live)))
        self.send("DELETE", f"{self.deployments}/{id}")
        self.acknowledge()

    def signal(self):
        """Reports the result of a deployment, as the agent of its server does."""
        entries = self.call("GET", self.agent_path)["deployments"]
        if entries:
            self.call("PUT", signal_path(self.random.choice(entries)), {"deploy_status_code": self.random.randrange(2)})
            self.acknowledge()

    def change(self):
        few, many = len(self.live) < 4, len(self.live) > 20
        weights = [0 if many else 2, 10, 0 if few else 2, 2]
        self.random.choices([self.create, self.update, self.delete, self.signal], weights)[0]()

    # ---- Clients

    def watch(self, clients, ports, streams, polls):
        """Adds clients that connect to the first port at first, and to the next port after each failure."""
        paths = [f"{self.deployments}/{id}" for id in self.live]
        paths += [f"{self.deployments}/metadata/{server}" for server in SERVERS] + [self.agent_path]
        paths = self.random.sample(paths, len(paths))
        added = [Stream(clients, ports, f"{self.deployments}/watch{FILTERS[number % len(FILTERS)]}") for number in range(streams)]
        added += [LongPoll(clients, ports, paths[number % len(paths)]) for number in range(polls)]
        self.watchers += added

    def state(self, path):
        """Returns the current state of a resource, or None if it does not exist."""
        response = self.send("GET", path)
        if response.status == 404:
            return None
        document = json.loads(response.body)
        return state_of(response.headers["ETag"], document.get("software_deployment", document))

    def views(self):
        """Returns what each client received and what it must have. Nothing must change meanwhile."""
        states, views = {}, []
        for watcher in self.watchers:
            if isinstance(watcher, Stream):
                listed = self.call("GET", watcher.path.replace("software_deployments/watch", "software_deployments"))
                paths = {each["id"]: f"{self.deployments}/{each['id']}" for each in listed["software_deployments"]}
            else:
                paths = {watcher.path: watcher.path}
            for path in paths.values():
                if path not in states:
                    states[path] = self.state(path)
            expected = {id: states[path] for id, path in paths.items() if states[path]}
            visible = self.ids if isinstance(watcher, Stream) else set(paths)
            views.append(View(watcher.name, watcher.history, expected, visible))
        return views


def local(url):
    """Returns a URL without its scheme and host."""
    return re.sub(r"^https?://[^/]*", "", url)


def signal_path(entry):
    """Returns the path at which an agent reports the result of a deployment. The entry is that of the agent's metadata."""
    return local(next(each["value"] for each in entry["inputs"] if each["name"] == "deploy_signal_id"))


class Changes:
    """Changes tenants from the beginning to the end of the block. At the end, all changes are acknowledged."""

    def __init__(self, tenants):
        self.tenants = tenants
        self.stopped = threading.Event()
        self.failures = []

    def __enter__(self):
        self.threads = [threading.Thread(target=self.work, args=(tenant,), daemon=True) for tenant in self.tenants]
        for thread in self.threads:
            thread.start()
        return self

    def work(self, tenant):
        try:
            while not self.stopped.wait(PAUSE):
                tenant.change()
        except Exception as e:
            self.failures.append(repr(e))

    def await_more(self, number=50):
        """Waits until more changes are acknowledged for each tenant."""
        until = time.monotonic() + 2 * PATIENCE
        counts = [tenant.acknowledged + number for tenant in self.tenants]
        while not self.failures and any(tenant.acknowledged < count for tenant, count in zip(self.tenants, counts)):
            if time.monotonic() > until:
                raise SystemExit(f"Fewer than {number} changes of a tenant were acknowledged within {2 * PATIENCE} s")
            time.sleep(0.05)

    def __exit__(self, *_):
        self.stopped.set()
        for thread in self.threads:
            thread.join(2 * PATIENCE)
        if self.failures:
            raise SystemExit(f"A change failed: {self.failures[0]}")


class Report:
    """Prints a row for each fault, and collects failures."""

    def __init__(self):
        self.failures, self.reported, self.changes, self.missed = [], set(), 0, 0
        print("| fault | clients | changes | events | reconnects | missed | seconds until the last state |\n"
              "|---|--:|--:|--:|--:|--:|--:|")

    @contextlib.contextmanager
    def fault(self, name, tenants, reconnects=True):
        """Counts what happens during the block. Then waits until each client has the last state, and checks all histories."""
        watchers = [watcher for tenant in tenants for watcher in tenant.watchers]

        def counts():
            return (sum(tenant.acknowledged for tenant in tenants), sum(watcher.connections for watcher in watchers),
                    sum(entry.kind in EVENTS for watcher in watchers for entry in watcher.history))
        before = counts()
        yield
        views = [view for tenant in tenants for view in tenant.views()]
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and not all(
                watcher.model.synced and watcher.model.states == view.expected for watcher, view in zip(watchers, views)):
            time.sleep(0.05)
        seconds = max(watcher.model.changed for watcher in watchers) - max(tenant.acknowledged_at for tenant in tenants)
        time.sleep(QUIET)
        changes, connections, events = (after - first for after, first in zip(counts(), before))
        # The histories of the previous faults are part of the histories.
        found = [text for text in missed(views) if text not in self.reported]
        print(f"| {name} | {len(watchers)} | {changes:,} | {events:,} | {connections:,} | {len(found)} | {max(0, seconds):.1f} |",
              flush=True)
        self.changes += changes
        self.reported.update(found)
        self.missed += len(found)
        self.failures += [f"{name}: {text}" for text in found[:5]]
        self.failures += sorted({f"{name}: {text}" for watcher in watchers for text in watcher.unexpected})[:5]
        late = sum(watcher.failures.pop(LATE, 0) for watcher in watchers)
        if late:
            self.failures.append(f"{name}: {late} × {LATE}")
        if not changes or not events:
            self.failures.append(f"{name}: no changes or no events")
        if reconnects and not connections:
            self.failures.append(f"{name}: no client reconnected")
