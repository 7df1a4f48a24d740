"""A load that remembers what was acknowledged, and the count of what became of it, for scripts in e2e/ that break things."""
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
# Every so many deployments one is updated.
UPDATED = 3
# Settings for a load of creates with keys and under a quota, and of updates.
MIXED = {"EMBER_QUOTA_DEPLOYMENTS": "10000000"}
WRITERS = 8
PATIENCE = 10
# After the end of a load, for what has no answer yet.
GRACE = 20
PAUSE_AFTER_FAILURE = 0.1


class NoAnswer(Exception):
    """The connection broke, or nothing came within PATIENCE seconds."""


class NotSent(NoAnswer):
    """There was no connection, so that the request cannot have been heard."""


Answer = collections.namedtuple("Answer", "status headers body")


class Client:
    """One connection, opened anew when it broke or was closed."""

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
            return Answer(response.status, response.headers, response.read())
        except (OSError, http.client.HTTPException) as e:
            self.connection.close()
            raise NoAnswer(repr(e)) from e

    def close(self):
        self.connection.close()


def deployment(**fields):
    return {"config_id": "c", "server_id": "s", "action": "CREATE", **fields}


class Load:
    """
    Writers that create deployments, each with a marker of its own, from the beginning of the block to its end.

    Every other writer sends an Idempotency-Key, and the same request again until it is acknowledged. The rest send no
    key, and nothing twice. Without keys, all of them send again, which may store a deployment more than once. Every third
    deployment is updated after its create is acknowledged.
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
        self.surprises = []
        self.given_up = []
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

    def write(self, writer):
        client = Client(self.port)
        with_key = self.keys and writer % 2 == 0
        for number in itertools.count():
            if self.stopped:
                break
            marker = f"{writer}-{number}"
            headers = {"Idempotency-Key": f'"{marker}"'} if with_key else {}
            while not self.create(client, marker, headers):
                if self.stopped and time.monotonic() > self.stopped + GRACE:
                    self.given_up.append(marker)
                    return
                time.sleep(PAUSE_AFTER_FAILURE)
                if self.keys and not with_key:
                    break
            if number % UPDATED == 0 and marker in self.acknowledged:
                self.update(client, marker)
            time.sleep(self.pause)
        client.close()

    def send(self, client, method, path, fields, headers={}):
        """The response, of which the status counts; "none" without one."""
        with self.lock:
            self.in_flight += 1
        begun = time.monotonic()
        try:
            answer = client.send(method, path, fields, headers)
        except NoAnswer:
            answer = Answer("none", {}, b"")
        with self.lock:
            self.in_flight -= 1
            self.slowest = max(self.slowest, time.monotonic() - begun)
            self.outcomes[answer.status] += 1
            if answer.status not in (*self.expected, "none"):
                self.surprises.append(f"{answer.status} {answer.body[:300]!r}")
        return answer

    def update(self, client, marker):
        """Once: what is not acknowledged may or may not be stored."""
        path = f"{DEPLOYMENTS}/{self.acknowledged[marker]}"
        if self.send(client, "PUT", path, {"status": "COMPLETE", "output_values": {"marker": marker}}).status == 200:
            with self.lock:
                self.updated.add(marker)

    def create(self, client, marker, headers):
        """Whether it was acknowledged."""
        answer = self.send(client, "POST", DEPLOYMENTS, deployment(status_reason=marker), headers)
        with self.lock:
            if answer.status == 200:
                self.acknowledged[marker] = json.loads(answer.body)["software_deployment"]["id"]
                self.replayed += "Idempotency-Replayed" in answer.headers
        return answer.status == 200

    def await_more(self, seconds=30):
        """Waits until something is acknowledged that was not yet; returns how many seconds it took."""
        begun, before = time.monotonic(), self.outcomes[200]
        while self.outcomes[200] == before:
            if time.monotonic() > begun + seconds:
                raise SystemExit(f"Nothing was acknowledged within {seconds} s of the end of the fault")
            time.sleep(0.02)
        return time.monotonic() - begun


@dataclasses.dataclass
class Count:
    """What became of the deployments of a load."""

    acknowledged: int
    stored: int
    lost: list
    doubled: list

    @staticmethod
    def of(load, postgres):
        """By PostgreSQL itself, not by the service. An update that is not stored is lost, too."""
        rows = postgres.query(f"select concat_ws(' ', status_reason, id, output_values ->> 'marker') from software_deployment"
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


def is_noticed(load, postgres, count):
    """Whether the count would show one row that is lost and one that is doubled, by taking one and doubling one."""
    taken, doubled = [marker for marker in load.acknowledged if marker not in load.updated][:2]
    postgres.query(f"update software_deployment set id = gen_random_uuid(), status_reason = '{doubled}'"
                   f" where tenant_id = '{TENANT}' and status_reason = '{taken}'")
    after = Count.of(load, postgres)
    return (after.stored == count.stored and set(after.lost) - set(count.lost) == {taken}
            and set(after.doubled) - set(count.doubled) == {doubled})


def finish(load, postgres, objections=()):
    """Prints what the load met and the count, and ends the script: with 1 if anything is wrong."""
    objections = [text for text in objections if text]
    count = Count.of(load, postgres)
    if count.acknowledged < 10:
        objections.append("hardly anything was acknowledged, so that nothing is shown")
    elif not is_noticed(load, postgres, count):
        objections.append("the count would not notice a lost and a doubled row")
    if count.lost:
        objections.append(f"lost: {count.lost[:5]}")
    counted = postgres.query(f"select used from quota_usage where tenant_id = '{TENANT}' and resource = 'deployments'").strip()
    if counted and int(counted) != count.stored:
        objections.append(f"the quota counts {counted} of {count.stored} deployments")
    if count.doubled and load.keys:
        objections.append(f"doubled: {count.doubled[:5]}")
    if load.given_up:
        objections.append(f"not acknowledged within {GRACE} s, however often it was sent: {load.given_up[:5]}")
    objections += sorted(set(load.surprises))[:5]
    if any(thread.is_alive() for thread in load.threads):
        objections.append("a request never ended")
    answers = ", ".join(f"{number} × {status}" for status, number in sorted(load.outcomes.items(), key=str))
    print(f"answers: {answers}; {load.replayed} of them replayed; the slowest after {load.slowest:.1f} s")
    for objection in objections:
        print("wrong: " + objection)
    print(count)
    sys.exit(bool(objections))


def arguments(description, **defaults):
    """The service to break, and numbers that have a default, such as rounds=5 for --rounds."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("binary", nargs="?", default=packaged(), help="the native binary, or the jar")
    parser.add_argument("--without-keys", action="store_true",
                        help="repeat requests without Idempotency-Key; doubled rows are no failure then")
    for name, default in defaults.items():
        parser.add_argument("--" + name, type=type(default), default=default)
    options = parser.parse_args()
    if not options.binary:
        parser.error("there is nothing in target; build it with ./mvnw package -DskipTests")
    return options


@contextlib.contextmanager
def cleaning():
    """A stack of what is to end with the block, on SIGTERM too."""
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
    """Whatever its state."""
    if service.process.poll() is None:
        service.process.kill()
    service.process.wait()


def adopt_orphans():
    """
    Makes this process the parent of those whose own has ended (PR_SET_CHILD_SUBREAPER of prctl(2)). What is killed is then
    gone when it was waited for; where the first process of a container waits for nobody, PostgreSQL takes itself to be running.
    """
    ctypes.CDLL(None).prctl(36, 1)


def kill_postgres(postgres, only_postmaster=False):
    """SIGKILL, as from a kernel that has no memory left: the postmaster, and its processes unless only that."""
    processes = postgres.processes()
    for process in processes[:1] if only_postmaster else processes:
        with contextlib.suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)
    # A process without its postmaster ends by itself, and PostgreSQL does not start before.
    for process in processes:
        with contextlib.suppress(ChildProcessError):
            os.waitpid(process, 0)


def start_again(postgres, seconds=30):
    """After a crash, when a process that nobody knew of may not be gone; one that has started itself again is left alone."""
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
    """Closes a connection with a reset (SO_LINGER of zero) in place of an orderly end."""
    with contextlib.suppress(OSError):
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()
