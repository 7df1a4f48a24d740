"""Clients that wait for changes of a deployment, in a long poll or in an event stream, and the connections for updates."""
import contextlib
import re
import socket
import time

from generators import Failed, message

TENANTS = 100
ID = "01900000-0000-7000-8005-{:012x}"
FILL = f"""
    insert into software_deployment (id, tenant_id, config_id, server_id, action, status, status_reason, created_at, updated_at)
    select ('01900000-0000-7000-8005-' || lpad(to_hex(number), 12, '0'))::uuid, 'watched-' || number % {TENANTS},
           '8da95794-2ad9-4979-8ae5-739ce314c5cd', 'server-' || number, 'CREATE', 'IN_PROGRESS', 'change 0', now(), now()
    from generate_series(0, {{clients}} - 1) as number"""
REPORT = b'{"status": "COMPLETE", "status_reason": "change %d", "output_values": {"deploy_stdout": "done", "deploy_status_code": 0}}'
PATIENCE = 60
STATE = re.compile(rb'"status_reason" ?: ?"change (\d+)"')
LENGTH = re.compile(rb"\r\ncontent-length: (\d+)", re.IGNORECASE)
TAG = re.compile(rb"\r\netag: ([^\r]+)", re.IGNORECASE)
NO_TAG = b'"none"'


def show_path(number):
    return f"/v1/watched-{number % TENANTS}/software_deployments/{ID.format(number)}"


class Connection:
    """A connection that sends small requests. A subclass reads the responses."""

    def __init__(self, group, port):
        self.group, self.port, self.socket, self.buffer = group, port, None, bytearray()

    def open(self):
        self.buffer.clear()
        self.socket = socket.create_connection(("127.0.0.1", self.port), PATIENCE)
        self.socket.setblocking(False)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.group.register(self)

    def close(self):
        if self.socket:
            self.group.unregister(self)
            self.socket.close()
            self.socket = None

    def send(self, request):
        # If the connection is closed, the next read notices it.
        with contextlib.suppress(ConnectionError):
            if self.socket.send(request) != len(request):
                raise Failed("A connection does not accept a whole request")

    def readable(self):
        try:
            data = self.socket.recv(65536)
        except ConnectionError:
            data = b""
        if data:
            self.buffer += data
            self.read(time.monotonic())
        else:
            self.ended("connection closed")

    def take_response(self):
        """Removes a complete response from the buffer. Returns its status, its headers and its body, or None if there is none."""
        end = self.buffer.find(b"\r\n\r\n")
        if end < 0:
            return None
        headers = bytes(self.buffer[:end])
        length = LENGTH.search(headers)
        size = end + 4 + (int(length[1]) if length else 0)
        if len(self.buffer) < size:
            return None
        body = bytes(self.buffer[end + 4:size])
        del self.buffer[:size]
        return int(headers[9:12]), headers, body

    def ended(self, reason):
        raise Failed(f"A connection for updates ended: {reason}")


class Update(Connection):
    """Sends one update after another."""

    def start(self, change):
        self.change = change
        self.send(message("PUT", show_path(change.client.number), REPORT % change.number, {"Content-Type": "application/json"}))

    def read(self, now):
        response = self.take_response()
        if response:
            if response[0] != 200:
                raise Failed(f"An update got {response[0]} {response[2][:200]!r}")
            self.change.acknowledged = now
            self.group.acknowledged(self)


class Client(Connection):
    """A client that waits for changes of one deployment. It is ready when the next change will reach it."""

    def __init__(self, group, number, port):
        super().__init__(group, port)
        self.number, self.id = number, ID.format(number).encode()
        self.expected = None
        self.ready = False

    def saw(self, state, now):
        found = STATE.search(state)
        if not found or self.id not in state:
            raise Failed(f"A client of {self.id.decode()} got {state[:500]!r}")
        if self.expected and self.expected.number == int(found[1]):
            self.expected.seen, self.expected = now, None
            self.group.unseen -= 1

    def become_ready(self):
        if not self.ready:
            self.group.ready += 1
            self.group.connecting -= 1
        self.ready = True

    def ended(self, reason):
        """Connects again, as clients do after a 503 or at the end of a stream."""
        self.close()
        self.group.interruptions[reason] += 1
        self.group.ready -= self.ready
        self.group.connecting -= not self.ready
        self.ready = False
        self.group.queue.append(self)


class Poll(Client):
    """Sends the next long poll when it has a response."""

    name = "long polls"

    def open(self):
        super().open()
        wait = {"If-None-Match": NO_TAG.decode(), "Prefer": f"wait={self.group.wait}"}
        self.before, self.after = message("GET", show_path(self.number), None, wait).split(NO_TAG)
        self.tag = NO_TAG
        self.send(self.before + self.tag + self.after)

    def read(self, now):
        response = self.take_response()
        if not response:
            return
        status, headers, body = response
        if status == 200:
            self.saw(body, now)
            self.tag = TAG.search(headers)[1]
        elif status == 503:
            return self.ended("503")
        elif status != 304 or self.tag == NO_TAG:
            raise Failed(f"A long poll got {status} {body[:200]!r}")
        self.send(self.before + self.tag + self.after)
        self.become_ready()


class Stream(Client):
    """Reads an event stream of one server."""

    name = "event streams"

    def open(self):
        super().open()
        self.has_headers, self.events = False, b""
        path = f"/v1/watched-{self.number % TENANTS}/software_deployments/watch?server_id=server-{self.number}"
        self.send(message("GET", path, None, {"Accept": "text/event-stream"}))

    def read(self, now):
        if not self.has_headers:
            end = self.buffer.find(b"\r\n\r\n")
            if end < 0:
                return
            if self.buffer[9:12] != b"200":
                if self.buffer[9:12] != b"503":
                    raise Failed(f"A stream got {bytes(self.buffer[:500])!r}")
                return self.ended("503")
            del self.buffer[:end + 4]
            self.has_headers = True
        while (end := self.buffer.find(b"\r\n")) > 0:
            size = int(self.buffer[:end], 16)
            if not size:
                return self.ended("stream ended")
            if len(self.buffer) < end + size + 4:
                return
            self.events += self.buffer[end + 2:end + 2 + size]
            del self.buffer[:end + size + 4]
        *events, self.events = self.events.split(b"\n\n")
        for event in events:
            self.received(event, now)

    def received(self, event, now):
        if event.startswith(b"event: deployment\n"):
            self.saw(event, now)
        elif event.startswith(b"event: synced\n"):
            self.become_ready()
        elif not event.startswith(b":"):
            raise Failed(f"A stream got {event[:200]!r}")


KINDS = {"poll": Poll, "stream": Stream}
