"""Checks that clients that wait for changes have the last state of each resource, by replaying what they received."""
import collections
import dataclasses
import hashlib
import json

# A state of a resource: its ETag, the number of the change that wrote it, if there is one, and a digest of its document.
State = collections.namedtuple("State", "tag version digest")
# What a client received. The kinds are those of the methods of Model.
Entry = collections.namedtuple("Entry", "kind id state time", defaults=(None, None, 0.0))


def state_of(tag, document):
    version = (document.get("input_values") or {}).get("version")
    return State(tag, version, hashlib.sha256(json.dumps(document, sort_keys=True).encode()).hexdigest())


class Model:
    """The states that a client has, by the ids of the resources. A reconnected stream replaces them when it is synced."""

    def __init__(self):
        self.states = {}
        self.incoming = self.states
        self.streaming = False
        self.synced = False
        self.changed = 0.0

    def apply(self, entry):
        getattr(self, entry.kind)(entry)

    def connected(self, entry):
        self.incoming = {}
        self.streaming = True
        self.synced = False

    def deployment(self, entry):
        self.incoming[entry.id] = entry.state
        self.changed = entry.time

    def deleted(self, entry):
        self.incoming.pop(entry.id, None)
        self.changed = entry.time

    def all_received(self, entry):
        self.states = self.incoming
        self.synced = True
        self.changed = entry.time

    def ended(self, entry):
        """The service ended the stream with a complete response."""
        self.synced = False

    def broken(self, entry):
        """The connection failed before the end of the response. A long poll continues with the state that it has."""
        self.synced = self.synced and not self.streaming

    def polled(self, entry):
        """A long poll returned a state."""
        self.states = {entry.id: entry.state}
        self.synced = True
        self.changed = entry.time

    def unchanged(self, entry):
        """A long poll returned 304."""

    def not_found(self, entry):
        """A long poll found that the resource is deleted."""
        self.states = {}
        self.synced = True
        self.changed = entry.time


@dataclasses.dataclass
class View:
    """What a client received, the states that it must have at the end, and the ids of all resources that it may see."""

    name: str
    history: list
    expected: dict
    visible: set


def missed(views):
    """Returns a sentence for each state that a client missed, and for each that it must not have received."""
    return [f"{view.name}: {text}" for view in views for text in missed_by(view)]


def missed_by(view):
    model, newest, found = Model(), {}, []
    for entry in view.history:
        model.apply(entry)
        if entry.id is not None and entry.id not in view.visible:
            found.append(f"received {entry.kind} of {entry.id}, which is not visible to it")
        if entry.state and entry.state.version is not None:
            before = newest.get(entry.id, entry.state.version)
            if entry.state.version < before:
                found.append(f"received version {entry.state.version} of {entry.id} after version {before}")
            newest[entry.id] = max(before, entry.state.version)
    if not model.synced:
        return [*found, "did not receive the current state"]
    for id in sorted({*model.states, *view.expected}):
        has, last = model.states.get(id), view.expected.get(id)
        if has != last:
            found.append(f"{id}: has {describe(has)}, but the last state is {describe(last)}")
    return found


def describe(state):
    return f"version {state.version} with the ETag {state.tag} and the digest {state.digest[:8]}" if state else "absent"


# ---- The check of the check

def self_test():
    """Checks that complete histories have no missed states and that each kind of incomplete history has one. Returns the number."""
    def state(id, version, digest=None):
        return State(f'"{id}{version}"', version, digest or f"{id}{version}")

    def has(id, version):
        return Entry("deployment", id, state(id, version))

    def polled(version):
        return Entry("polled", "a", state("a", version))

    begin, synced, ended, broken, not_found = map(Entry, ("connected", "all_received", "ended", "broken", "not_found"))
    begun = [begin, has("a", 1), has("b", 1), synced]
    last = {"a": state("a", 2), "b": state("b", 1)}
    complete = {
        "an update": ([*begun, has("a", 2)], last),
        "a skipped update": ([*begun, has("b", 3)], {"a": state("a", 1), "b": state("b", 3)}),
        "a repeated state": ([*begun, has("a", 2), has("a", 2)], last),
        "a create and a delete": ([*begun, has("c", 1), Entry("deleted", "b")], {"a": state("a", 1), "c": state("c", 1)}),
        "a change before the end of the current state": ([begin, has("a", 1), has("a", 2), has("b", 1), synced], last),
        "a change during a reconnect": ([*begun, broken, begin, has("a", 2), has("b", 1), synced], last),
        "a delete during a reconnect": ([*begun, ended, begin, has("a", 2), synced], {"a": state("a", 2)}),
        "a second reconnect during the first": ([*begun, broken, begin, broken, begin, has("a", 2), has("b", 1), synced], last),
        "no deployments": ([begin, synced], {}),
        "a long poll": ([polled(1), broken, polled(2)], {"a": state("a", 2)}),
        "a long poll of a deleted resource": ([polled(1), not_found], {}),
    }
    incomplete = {
        "a lost last update": (begun, last),
        "a lost create": ([*begun, has("a", 2)], {**last, "c": state("c", 1)}),
        "a lost delete": ([*begun, has("a", 2)], {"a": state("a", 2)}),
        "a stale state after a reconnect": ([*begun, has("a", 2), broken, begin, has("a", 1), has("b", 1), synced], last),
        "a state that is stale for a while": ([*begun, has("a", 3), has("a", 2), has("a", 3)], {**last, "a": state("a", 3)}),
        "a change during a reconnect that is lost": ([*begun, broken, begin, has("a", 1), has("b", 1), synced], last),
        "a state that is missing after a reconnect": ([*begun, has("a", 2), broken, begin, has("a", 2), synced], last),
        "no reconnect": ([*begun, has("a", 2), broken], last),
        "no end of the current state": ([*begun, broken, begin, has("a", 2), has("b", 1)], last),
        "another tenant's event": ([*begun, has("a", 2), has("x", 1), Entry("deleted", "x")], last),
        "another tenant's deletion": ([*begun, has("a", 2), Entry("deleted", "x")], last),
        "a wrong ETag": ([*begun, Entry("deployment", "a", state("a", 2)._replace(tag='"a1"'))], last),
        "a wrong document": ([*begun, Entry("deployment", "a", state("a", 2, "another"))], last),
        "a deployment that the filter excludes": ([*begun, has("a", 2)], {"b": state("b", 1)}),
        "a lost last update of a long poll": ([polled(1), polled(2)], {"a": state("a", 3)}),
        "a long poll that returns to an older state": ([polled(2), polled(1), polled(2)], {"a": state("a", 2)}),
        "a lost deletion of a long poll": ([polled(1)], {}),
        "nothing at all": ([], {}),
    }
    for name, (history, expected) in complete.items():
        found = missed([View(name, history, expected, set("abc"))])
        assert not found, found
    for name, (history, expected) in incomplete.items():
        assert missed([View(name, history, expected, set("abc"))]), f"not detected: {name}"
    return len(complete) + len(incomplete)
