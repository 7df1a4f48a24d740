"""A load that records acknowledged requests, and counts lost and doubled rows. For the fault tests in e2e/."""
import argparse
import collections
import contextlib
import ctypes
import dataclasses
import http.client
import itertools
import json
import os
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time

from scratch import Postgres, packaged

TENANT = "faults"
DEPLOYMENTS = f"/v1/{TENANT}/software_deployments"
# Each writer updates every third deployment.
UPDATED = 3
# A quota that the load does not reach. Creates then also update the usage of the quota.
MIXED = {"EMBER_QUOTA_DEPLOYMENTS": "10000000"}
WRITERS = 8
# Seconds that a request may take.
PATIENCE = 10
# Seconds after the end of a load for requests that have no response yet.
GRACE = 20
PAUSE_AFTER_FAILURE = 0.1


class NoResponse(Exception):
    """The connection failed, or there was no response within PATIENCE seconds."""


class NotSent(NoResponse):
    """There was no connection, so the service cannot have received the request."""


Response = collections.namedtuple("Response", "status headers body")


class Client:
    """A client with one connection. Opens it again when it fails or is closed."""

    def __init__(self, port):
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)

    def send(self, method, path, fields=None, headers={}):
        body = None if fields is None else json.dumps(fields)
        try:
            if not self.connection.sock:
                self.connection.connect()
        except OSError as e:
            raise NotSent(repr(e)) from e
        try:
            self.connection.request(method, path, body, {"Content-Type": "application/json", **headers} if body else headers)
            response = self.connection.getresponse()
            return Response(response.status, response.headers, response.read())
        except (OSError, http.client.HTTPException) as e:
            self.connection.close()
            raise NoResponse(repr(e)) from e

    def close(self):
        self.connection.close()


def deployment(**fields):
    return {"config_id": "c", "server_id": "s", "action": "CREATE", **fields}


class Load:
    """
    Writers that create deployments from the beginning to the end of the block. Each deployment has a marker of its own.

    Every other writer sends an Idempotency-Key, and repeats a request until it is acknowledged. The other writers send no key and
    do not repeat requests. If keys is false, all writers repeat requests without a key, which may store a deployment more than
    once. Each writer updates every third deployment after its create is acknowledged.
    """

    def __init__(self, port, keys=True, pause=0.0, expected=(200, 409, 503)):
        self.port = port
        self.keys = keys
        self.pause = pause
        self.expected = expected
        self.acknowledged = {}
        self.updated = set()
        self.outcomes = collections.Counter()
        self.replayed = 0
        self.in_flight = 0
        self.slowest = 0.0
        self.unexpected = []
        self.not_acknowledged = []
        self.lock = threading.Lock()
        self.stopped = None

    def __enter__(self):
        self.threads = [threading.Thread(target=self.write, args=(number,), daemon=True) for number in range(WRITERS)]
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self.stopped = time.monotonic()
        for thread in self.threads:
            thread.join(GRACE + PATIENCE)

    def connect(self, writer):
        """Returns the client of a writer."""
        return Client(self.port)

    def fields(self, marker):
        """Returns the fields of a new deployment."""
        return deployment(status_reason=marker)

    def write(self, writer):
        client = self.connect(writer)
        with_key = self.keys and writer % 2 == 0
        for number in itertools.count():
            if self.stopped:
                break
            marker = f"{writer}-{number}"
            headers = {"Idempotency-Key": f'"{marker}"'} if with_key else {}
            while not self.create(client, marker, headers):
                if self.stopped and time.monotonic() > self.stopped + GRACE:
                    self.not_acknowledged.append(marker)
                    return
                time.sleep(PAUSE_AFTER_FAILURE)
                if self.keys and not with_key:
                    break
            if number % UPDATED == 0 and marker in self.acknowledged:
                self.update(client, marker)
            time.sleep(self.pause)
        client.close()

    def send(self, client, method, path, fields, headers={}):
        """Sends a request. Returns a response with the status "none" if there was none."""
        with self.lock:
            self.in_flight += 1
        begun = time.monotonic()
        try:
            response = client.send(method, path, fields, headers)
        except NoResponse:
            response = Response("none", {}, b"")
        with self.lock:
            self.in_flight -= 1
            self.slowest = max(self.slowest, time.monotonic() - begun)
            self.outcomes[response.status] += 1
            if response.status not in (*self.expected, "none"):
                self.unexpected.append(f"{response.status} {response.body[:300]!r}")
        return response

    def update(self, client, marker):
        """Sends an update once. If it is not acknowledged, it may or may not be stored."""
        path = f"{DEPLOYMENTS}/{self.acknowledged[marker]}"
        if self.send(client, "PUT", path, {"status": "COMPLETE", "output_values": {"marker": marker}}).status == 200:
            with self.lock:
                self.updated.add(marker)

    def create(self, client, marker, headers):
        """Sends a create. Returns whether it was acknowledged."""
        response = self.send(client, "POST", DEPLOYMENTS, self.fields(marker), headers)
        with self.lock:
            if response.status == 200:
                self.acknowledged[marker] = json.loads(response.body)["software_deployment"]["id"]
                self.replayed += "Idempotency-Replayed" in response.headers
        return response.status == 200

    def await_more(self, seconds=30):
        """Waits until another request is acknowledged. Returns the duration in seconds."""
        begun, before = time.monotonic(), self.outcomes[200]
        while self.outcomes[200] == before:
            if time.monotonic() > begun + seconds:
                raise SystemExit(f"No request was acknowledged within {seconds} s")
            time.sleep(0.02)
        return time.monotonic() - begun


@dataclasses.dataclass
class Count:
    """The numbers of acknowledged, stored, lost and doubled deployments of a load."""

    acknowledged: int
    stored: int
    lost: list
    doubled: list

    @staticmethod
    def of(load, postgres):
        """
        Counts the rows in PostgreSQL, not through the service. A deployment with a missing acknowledged update or signal is lost,
        too.
        """
        # A signal replaces the status_reason.
        rows = postgres.query("select concat_ws(' ', coalesce(signalled, status_reason), id, output_values ->> 'marker', signalled)"
                              " from software_deployment, lateral (select output_values ->> 'deploy_stdout') as signal (signalled)"
                              f" where tenant_id = '{TENANT}'")
        stored, updated = collections.defaultdict(list), set()
        for row in rows.splitlines():
            marker, id, *update = row.split()
            stored[marker].append(id)
            updated.update(update)
        acknowledged = load.acknowledged
        lost = [marker for marker, id in acknowledged.items()
                if id not in stored[marker] or marker in load.updated and marker not in updated]
        doubled = [marker for marker, ids in stored.items() if len(ids) > 1]
        return Count(len(acknowledged), sum(map(len, stored.values())), lost, doubled)

    def __str__(self):
        return f"acknowledged {self.acknowledged}, stored {self.stored}, lost {len(self.lost)}, doubled {len(self.doubled)}"


def detects_changes(load, postgres, count):
    """Removes one row and doubles another. Returns whether a new count reports both."""
    removed, doubled = [marker for marker in load.acknowledged if marker not in load.updated][:2]
    postgres.query(f"update software_deployment set id = gen_random_uuid(), status_reason = '{doubled}', output_values = null"
                   f" where tenant_id = '{TENANT}' and id = '{load.acknowledged[removed]}'")
    after = Count.of(load, postgres)
    return (after.stored == count.stored and set(after.lost) - set(count.lost) == {removed}
            and set(after.doubled) - set(count.doubled) == {doubled})


def finish(load, postgres, failures=()):
    """Prints the statuses, the failures and the count. Exits with 1 if there are failures."""
    failures = [text for text in failures if text]
    count = Count.of(load, postgres)
    if count.acknowledged < 10:
        failures.append("fewer than 10 creates were acknowledged")
    elif not detects_changes(load, postgres, count):
        failures.append("the count does not report a removed and a doubled row")
    if count.lost:
        failures.append(f"lost: {count.lost[:5]}")
    counted = postgres.query(f"select used from quota_usage where tenant_id = '{TENANT}' and resource = 'deployments'").strip()
    if counted and int(counted) != count.stored:
        failures.append(f"the quota usage is {counted}, but {count.stored} deployments are stored")
    if count.doubled and load.keys:
        failures.append(f"doubled: {count.doubled[:5]}")
    if load.not_acknowledged:
        failures.append(f"not acknowledged within {GRACE} s: {load.not_acknowledged[:5]}")
    failures += sorted(set(load.unexpected))[:5]
    if any(thread.is_alive() for thread in load.threads):
        failures.append("a request did not end")
    statuses = ", ".join(f"{number} × {status}" for status, number in sorted(load.outcomes.items(), key=str))
    print(f"responses: {statuses}; {load.replayed} of them replayed; slowest {load.slowest:.1f} s")
    for failure in failures:
        print("failed: " + failure)
    print(count)
    sys.exit(bool(failures))


def arguments(description, **defaults):
    """Parses the arguments: the binary, --without-keys, and an option for each default, such as --rounds for rounds=5."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("binary", nargs="?", default=packaged(), help="the native binary, or the jar")
    parser.add_argument("--without-keys", action="store_true",
                        help="repeat requests without an Idempotency-Key; doubled rows are then not a failure")
    for name, default in defaults.items():
        parser.add_argument("--" + name, type=type(default), default=default)
    options = parser.parse_args()
    if not options.binary:
        parser.error("there is nothing in target; build it with ./mvnw package -DskipTests")
    return options


@contextlib.contextmanager
def cleaning():
    """Yields a stack whose callbacks run at the end of the block, also on SIGTERM."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    adopt_orphans()
    with contextlib.ExitStack() as stack:
        yield stack


def scratch_postgres(stack, **settings):
    postgres = Postgres(stack.enter_context(tempfile.TemporaryDirectory()), **settings)
    stop_at_end(stack, postgres)
    return postgres


def stop_at_end(stack, postgres):
    stack.callback(lambda: postgres.processes() and postgres.stop("immediate"))


def end(service):
    """Kills the service, unless it has already exited."""
    if service.process.poll() is None:
        service.process.kill()
    service.process.wait()


def adopt_orphans():
    """
    Makes this process the parent of orphaned processes (PR_SET_CHILD_SUBREAPER of prctl(2)), so that it can wait for them. In a
    container whose first process does not wait for orphans, PostgreSQL would find its old processes and not start.
    """
    ctypes.CDLL(None).prctl(36, 1)


def kill_postgres(postgres, only_postmaster=False):
    """Kills the postmaster and its child processes with SIGKILL, or only the postmaster."""
    processes = postgres.processes()
    for process in processes[:1] if only_postmaster else processes:
        with contextlib.suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)
    # A child process without its postmaster exits by itself. PostgreSQL does not start before that.
    for process in processes:
        with contextlib.suppress(ChildProcessError):
            os.waitpid(process, 0)


def start_again(postgres, seconds=30):
    """Starts PostgreSQL after a crash, unless it has recovered by itself. Tries again while old processes are still running."""
    until = time.monotonic() + seconds
    while True:
        for process in postgres.processes()[:1]:
            with contextlib.suppress(ChildProcessError):
                os.waitpid(process, os.WNOHANG)
        try:
            postgres.query("select 1")
            return
        except subprocess.CalledProcessError:
            pass
        try:
            postgres.start()
            return
        except subprocess.CalledProcessError:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)


def reset(connection):
    """Closes a connection with a reset (SO_LINGER of zero)."""
    with contextlib.suppress(OSError):
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()
