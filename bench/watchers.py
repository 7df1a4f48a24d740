"""
Clients that wait for changes, as event streams and as long polls. They record what they receive, for the check of views.py. All
clients run in one thread, without blocking.
"""
import collections
import itertools
import json
import math
import random
import selectors
import socket
import threading
import time

from views import Entry, Model, state_of

TICK = 0.05
# The number of connections that are opened in this time at most.
OPENED = 25
# A stream sends a comment every 15 seconds.
MAX_SILENCE = 25
# Seconds that a long poll asks the service to wait, and seconds more until the client gives up.
WAIT = 20
GRACE = 10
PAUSE = 0.2
# A failure of a client whose long poll had no response after WAIT and GRACE, or whose stream had no comment.
LATE = "no response in time"
MAX_READ = 262_144


class Response:
    """Parses a response from received bytes."""

    def __init__(self):
        self.buffer = bytearray()
        self.status = None
        self.complete = False

    def feed(self, data):
        """Takes received bytes. Returns the new bytes of the body."""
        self.buffer += data
        if self.status is None and not self.read_head():
            return b""
        return self.read_chunks() if self.chunked else self.read(self.left)

    def read_head(self):
        end = self.buffer.find(b"\r\n\r\n")
        if end < 0:
            return False
        status, *lines = self.buffer[:end].decode("latin-1").split("\r\n")
        del self.buffer[:end + 4]
        self.status = int(status[9:12])
        self.headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        has_body = self.status not in (204, 304)
        self.chunked = has_body and self.headers.get("transfer-encoding") == "chunked"
        self.left = int(self.headers.get("content-length", 0)) if has_body else 0
        return True

    def read(self, size):
        body = bytes(self.buffer[:size])
        del self.buffer[:size]
        self.left -= len(body)
        self.complete = self.left == 0
        return body

    def read_chunks(self):
        parts = []
        while (end := self.buffer.find(b"\r\n")) >= 0:
            size = int(self.buffer[:end], 16)
            if len(self.buffer) < end + size + 4:
                break
            parts.append(bytes(self.buffer[end + 2:end + 2 + size]))
            del self.buffer[:end + size + 4]
            if size == 0:
                self.complete = True
                break
        return b"".join(parts)


# ---- Clients

class Clients(threading.Thread):
    """Runs clients in one thread, with one selector."""

    def __init__(self):
        super().__init__(daemon=True)
        self.selector = selectors.DefaultSelector()
        self.members = set()
        self.tasks = collections.deque()
        self.start()

    def add(self, *clients):
        self.tasks.append(lambda: self.members.update(clients))

    def close(self, *clients):
        """Closes the connections of clients, and waits until they are closed."""
        done = threading.Event()

        def close():
            self.members.difference_update(clients)
            for client in clients:
                client.disconnect()
            done.set()
        self.tasks.append(close)
        if not done.wait(10):
            raise RuntimeError("The thread of the clients has ended")

    def run(self):
        next_tick = 0.0
        while True:
            for key, _ in self.selector.select(TICK):
                key.data()
            now = time.monotonic()
            if now >= next_tick:
                next_tick = now + TICK
                self.allowed = OPENED
                while self.tasks:
                    self.tasks.popleft()()
                for client in self.members:
                    client.tick(now)


class Client:
    """A client that waits for changes. It connects to the next port after each failure, and after the end of a stream."""

    def __init__(self, clients, ports, path):
        self.clients = clients
        self.ports = itertools.cycle(ports)
        self.port = next(self.ports)
        self.path = path
        self.history = []
        self.model = Model()
        self.socket = None
        self.connections = 0
        self.rejections = 0
        self.failures = collections.Counter()
        self.unexpected = []
        self.due = 0.0
        clients.add(self)

    @property
    def name(self):
        return f"{type(self).__name__} of {self.path.split('?signature')[0]}"

    def record(self, kind, id=None, state=None):
        entry = Entry(kind, id, state, time.monotonic())
        self.history.append(entry)
        self.model.apply(entry)

    def tick(self, now):
        if self.socket and now > self.deadline:
            self.fail(LATE)
        elif not self.socket and now >= self.due and self.clients.allowed:
            self.clients.allowed -= 1
            self.connect()

    def connect(self):
        self.connections += 1
        self.socket = socket.socket()
        self.socket.setblocking(False)
        self.socket.connect_ex(("127.0.0.1", self.port))
        self.deadline = time.monotonic() + GRACE
        self.clients.selector.register(self.socket, selectors.EVENT_WRITE, self.send)

    def send(self):
        """Sends a request. The connection is new, or the previous response on it is complete."""
        self.response = Response()
        head = "".join(f"{name}: {value}\r\n" for name, value in {"Host": "localhost", **self.headers()}.items())
        try:
            self.socket.send(f"GET {self.path} HTTP/1.1\r\n{head}\r\n".encode())
        except OSError as e:
            return self.fail(type(e).__name__)
        self.sent = time.monotonic()
        self.deadline = self.sent + WAIT + GRACE
        self.clients.selector.modify(self.socket, selectors.EVENT_READ, self.receive)

    def receive(self):
        try:
            data = self.socket.recv(MAX_READ)
        except OSError as e:
            return self.fail(type(e).__name__)
        if not data:
            return self.fail("closed")
        body = self.response.feed(data)
        if self.response.status:
            self.received(body)

    def fail(self, reason):
        self.failures[reason] += 1
        self.record("broken")
        self.reconnect()

    def reject(self):
        """Handles a response that is not the one that the client asked for."""
        if self.response.status == 503:
            self.rejections += 1
        else:
            self.unexpected.append(f"{self.name}: {self.response.status}")
        self.retry()

    def reconnect(self):
        self.port = next(self.ports)
        self.retry()

    def retry(self):
        self.disconnect()
        self.due = time.monotonic() + PAUSE * random.uniform(0.5, 1.5)

    def disconnect(self):
        if self.socket:
            self.clients.selector.unregister(self.socket)
            self.socket.close()
            self.socket = None


class Stream(Client):
    """An event stream of the deployments of a tenant. The path may have filters."""

    rest = b""

    def headers(self):
        self.rest = b""
        self.begun = False
        return {"Accept": "text/event-stream"}

    def received(self, body):
        if self.response.status != 200:
            return self.reject()
        if not self.begun:
            self.begun = True
            self.record("connected")
        self.deadline = time.monotonic() + MAX_SILENCE
        *events, self.rest = (self.rest + body).split(b"\n\n")
        for event in events:
            self.dispatch(event.decode())
        if self.response.complete:
            self.record("ended")
            self.reconnect()

    def dispatch(self, text):
        # A line without a name is a comment.
        fields = {name: value.removeprefix(" ") for name, _, value in (line.partition(":") for line in text.split("\n"))}
        kind = fields.get("event")
        if kind == "deployment":
            document = json.loads(fields["data"])["software_deployment"]
            self.record("deployment", document["id"], state_of(fields["id"], document))
        elif kind == "deleted":
            self.record("deleted", json.loads(fields["data"])["id"])
        elif kind == "synced":
            self.record("all_received")
        elif set(fields) - {"", "retry"}:
            self.unexpected.append(f"{self.name}: {text[:100]!r}")


class LongPoll(Client):
    """A client that repeats a conditional GET with a preference to wait. Its only resource has the path as its id."""

    tag = None
    body = b""

    def headers(self):
        self.body = b""
        return {"If-None-Match": self.tag, "Prefer": f"wait={WAIT}"} if self.tag else {}

    def received(self, body):
        if self.response.status == 200:
            self.body += body
        if not self.response.complete:
            return
        if self.response.status == 200:
            self.store(json.loads(self.body))
            self.send()
        elif self.response.status == 304:
            self.record("unchanged")
            # A replica that is shutting down does not let the client wait.
            self.send() if time.monotonic() - self.sent > WAIT - 1 else self.reconnect()
        elif self.response.status == 404:
            self.record("not_found", self.path)
            self.disconnect()
            self.due = math.inf
        else:
            self.reject()

    def store(self, document):
        self.tag = self.response.headers["etag"]
        self.record("polled", self.path, state_of(self.tag, document.get("software_deployment", document)))
