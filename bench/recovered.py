"""A load that records when each change began and was acknowledged, and a check of a restored copy. For e2e/restore."""
import collections
import dataclasses
import itertools
import json
import math
import random
import threading
import time

from changes import local, signal_path
from faults import Client, NoResponse, deployment

TENANT = "recovered"
DEPLOYMENTS = f"/v1/{TENANT}/software_deployments"
WRITERS = 6
PATIENCE = 20
PAUSE = 0.01

# A change of a deployment: its label afterwards, or None after a delete, and the times of the request and of its response.
# The end is infinite without a response of 200 or 204. The tag is the ETag of the response.
Change = collections.namedtuple("Change", "label begun ended tag", defaults=(None,))
# A row of a copy.
Row = collections.namedtuple("Row", "id label")


@dataclasses.dataclass
class Deployment:
    """A deployment with its changes, the first of which is its create. Only one thread changes it."""

    marker: str
    body: dict
    key: str = None
    id: str = None
    changes: list = dataclasses.field(default_factory=list)

    def acknowledged_before(self, moment):
        return self.changes[0].ended < moment


def allowed(changes, begun, ended):
    """
    Returns the labels that a deployment may have in a copy of the state at a moment between begun and ended. The copy must have
    every change that was acknowledged before that, and must not have a change that began after it.
    """
    last = max((number for number, change in enumerate(changes) if change.ended < begun), default=-1)
    possible = [change.label for change in changes[last + 1:] if change.begun <= ended]
    return {changes[last].label if last >= 0 else None, *possible}


def wrong(deployments, rows, begun, ended):
    """Returns a sentence for each deployment whose rows are not those of a moment between begun and ended."""
    stored, found = collections.defaultdict(list), []
    for row in rows:
        stored[marker_of(row.label)].append(row)
    for each in deployments:
        own = stored.pop(each.marker, [])
        labels = allowed(each.changes, begun, ended)
        if len(own) > 1:
            found.append(f"{each.marker} is stored {len(own)} times")
        label = own[0].label if own else None
        if label not in labels:
            found.append(f"{each.marker} is {label}, and not one of {sorted(map(str, labels))}")
        if own and each.id and own[0].id != each.id:
            found.append(f"{each.marker} has the id {own[0].id} instead of {each.id}")
    return found + [f"{marker} was never written" for marker in stored]


def marker_of(label):
    return label.split("/")[0] if label else label


class Writers:
    """
    Writers that create, update, signal and delete deployments from the beginning to the end of the block. Every other writer sends
    an Idempotency-Key with each create. Each request must succeed, until the block sets `ending`: then a writer ends with its first
    failure, whose change may be stored or not.
    """

    def __init__(self, port):
        self.port = port
        self.deployments = []
        self.acknowledged = 0
        self.kinds = collections.Counter()
        self.failures = []
        self.ending = False
        self.lock = threading.Lock()

    def __enter__(self):
        config = Client(self.port).send("POST", f"/v1/{TENANT}/software_configs", {"name": "c", "group": "script"})
        self.config = json.loads(config.body)["software_config"]["id"]
        self.stopped = threading.Event()
        self.threads = [threading.Thread(target=self.work, args=(number,), daemon=True) for number in range(WRITERS)]
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self.stopped.set()
        for thread in self.threads:
            thread.join(2 * PATIENCE)
            if thread.is_alive():
                self.failures.append("a writer did not end")

    def work(self, number):
        writer = Writer(self, number)
        try:
            while not self.stopped.is_set():
                writer.step()
                time.sleep(PAUSE)
        except (NoResponse, Failed) as e:
            if not self.ending:
                self.failures.append(repr(e))

    def await_more(self, number=100):
        """Waits until more changes are acknowledged."""
        until, wanted = time.monotonic() + PATIENCE, self.acknowledged + number
        while self.acknowledged < wanted:
            if self.failures or time.monotonic() > until:
                raise SystemExit(f"Fewer than {number} changes were acknowledged within {PATIENCE} s: {self.failures[:3]}")
            time.sleep(0.02)


class Failed(Exception):
    """A response other than 200 or 204."""


class Writer:
    """Changes its own deployments, one change after the other."""

    def __init__(self, writers, number):
        self.writers, self.number = writers, number
        self.random = random.Random(number)
        self.client = Client(writers.port)
        self.markers = itertools.count()
        self.live = []

    def step(self):
        kinds = [self.create, self.update, self.signal, self.delete]
        self.random.choices(kinds, [4, 8, 2, 1] if len(self.live) > 3 else [1, 0, 0, 0])[0]()

    def create(self):
        marker = f"{self.number}-{next(self.markers)}"
        body = deployment(config_id=self.writers.config, server_id=f"server-{marker}", input_values={"marker": marker})
        created = Deployment(marker, body, f'"{marker}"' if self.number % 2 == 0 else None)
        self.writers.deployments.append(created)
        response = self.change(created, f"{marker}/0", "POST", DEPLOYMENTS, body, key_of(created))
        created.id = json.loads(response.body)["software_deployment"]["id"]
        self.live.append(created)

    def update(self):
        each = self.random.choice(self.live)
        label = self.next_label(each)
        fields = {"status": self.random.choice(["IN_PROGRESS", "COMPLETE"]), "output_values": {"deploy_stdout": label}}
        self.change(each, label, "PUT", f"{DEPLOYMENTS}/{each.id}", fields)

    def signal(self):
        """Starts a run and reports its result, as the agent of the server does."""
        each = self.random.choice(self.live)
        label = self.next_label(each)
        self.change(each, label, "PUT", f"{DEPLOYMENTS}/{each.id}",
                    {"status": "IN_PROGRESS", "output_values": {"deploy_stdout": label}})
        agent = self.read(f"{DEPLOYMENTS}/metadata/{each.body['server_id']}/agent")["agent"]
        entry, = self.read(local(agent["metadata_url"]))["deployments"]
        label = self.next_label(each)
        self.change(each, label, "PUT", signal_path(entry), {"deploy_status_code": 0, "deploy_stdout": label})

    def delete(self):
        each = self.live.pop(self.random.randrange(len(self.live)))
        self.change(each, None, "DELETE", f"{DEPLOYMENTS}/{each.id}")

    def next_label(self, each):
        return f"{each.marker}/{len(each.changes)}"

    def change(self, each, label, method, path, fields=None, headers={}):
        begun = time.time()
        # Until the response: the change may be stored or not.
        each.changes.append(Change(label, begun, math.inf))
        response = self.send(method, path, fields, headers)
        each.changes[-1] = Change(label, begun, time.time(), response.headers["ETag"])
        with self.writers.lock:
            self.writers.acknowledged += 1
            self.writers.kinds["signal" if path.startswith("/agent") else method] += 1
        return response

    def read(self, path):
        return json.loads(self.send("GET", path).body)

    def send(self, method, path, fields=None, headers={}):
        response = self.client.send(method, path, fields, headers)
        if response.status not in (200, 204):
            raise Failed(f"{method} {path}: {response.status} {response.body[:300]}")
        return response


def key_of(each):
    return {"Idempotency-Key": each.key} if each.key else {}


def listed(port):
    """Returns the rows that a service has."""
    response = Client(port).send("GET", DEPLOYMENTS)
    return [Row(each["id"], (each["output_values"] or {}).get("deploy_stdout") or f"{each['input_values']['marker']}/0")
            for each in json.loads(response.body)["software_deployments"]]


# ---- The check of the check

def self_test():
    """Checks that right copies have no errors and that each kind of wrong copy has one. Returns the number of copies."""
    def history(marker, *times):
        changes = [Change(f"{marker}/{number}", *time) for number, time in enumerate(times)]
        return Deployment(marker, {}, id=f"id-{marker}", changes=changes)

    def deleted(marker, *times):
        each = history(marker, *times)
        each.changes[-1] = each.changes[-1]._replace(label=None)
        return each

    def row(label):
        return Row(f"id-{marker_of(label)}", label)

    # The moment is 10.
    stored = history("a", (1, 2), (3, 4))
    in_flight = history("a", (1, 2), (9, 11))
    unknown = history("a", (1, 2), (3, math.inf))
    later = history("a", (1, 2), (11, 12))
    created_later = history("a", (11, 12))
    gone, gone_later, going = deleted("a", (1, 2), (3, 4)), deleted("a", (1, 2), (11, 12)), deleted("a", (1, 2), (9, 11))
    right = {
        "the last state": (stored, ["a/1"]),
        "an update in flight that is stored": (in_flight, ["a/1"]),
        "an update in flight that is not stored": (in_flight, ["a/0"]),
        "an update without a response that is stored": (unknown, ["a/1"]),
        "an update without a response that is not stored": (unknown, ["a/0"]),
        "no later update": (later, ["a/0"]),
        "no later create": (created_later, []),
        "a create in flight that is stored": (history("a", (9, 11)), ["a/0"]),
        "a create in flight that is not stored": (history("a", (9, 11)), []),
        "a delete": (gone, []),
        "no later delete": (gone_later, ["a/0"]),
        "a delete in flight that is stored": (going, []),
        "a delete in flight that is not stored": (going, ["a/0"]),
    }
    wrong_copies = {
        "a lost create": (history("a", (1, 2)), []),
        "a lost last update": (stored, ["a/0"]),
        "a later update": (later, ["a/1"]),
        "a later create": (created_later, ["a/0"]),
        "a lost deployment with an update in flight": (in_flight, []),
        "an update that is older than the last acknowledged one": (history("a", (1, 2), (3, 4), (9, 11)), ["a/0"]),
        "a deleted deployment": (gone, ["a/0"]),
        "a later delete": (gone_later, []),
        "a doubled deployment": (stored, ["a/1", "a/1"]),
        "a state that was never written": (stored, ["a/7"]),
        "a deployment that was never written": (stored, ["a/1", "b/0"]),
    }
    for name, (each, labels) in right.items():
        assert not wrong([each], map(row, labels), 10, 10), name
    for name, (each, labels) in wrong_copies.items():
        assert wrong([each], map(row, labels), 10, 10), f"not detected: {name}"
    assert wrong([stored], [Row("other", "a/1")], 10, 10), "not detected: another id"
    # A dump begins at 10 and ends at 20, and has the state of a moment between them.
    during = history("a", (1, 2), (12, 13))
    for labels in (["a/0"], ["a/1"]):
        assert not wrong([during], map(row, labels), 10, 20), labels
    assert wrong([during], [], 10, 20), "not detected: a lost deployment of a dump"
    return len(right) + len(wrong_copies) + 4
