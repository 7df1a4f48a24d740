"""Two replicas, one of their metrics, and streams that are not read. For e2e/watch."""
import contextlib
import re
import socket
import subprocess
import sys
import time
import urllib.request

from faults import end
from scratch import Service, free_port

# Opens streams and sleeps. Its connections close when it is killed.
CHILD = """
import socket, sys, time
port, path, number = sys.argv[1:]
connections = [socket.create_connection(("127.0.0.1", int(port))) for _ in range(int(number))]
for connection in connections:
    connection.sendall(f"GET {path} HTTP/1.1\\r\\nHost: localhost\\r\\n\\r\\n".encode())
time.sleep(300)
"""


class Replicas:
    """Two replicas. Their ports stay the same after a restart."""

    def __init__(self, binary, url, settings):
        self.binary, self.url, self.settings = binary, url, settings
        self.ports = [free_port(), free_port()]
        self.services = [None, None]
        for number in range(2):
            self.start(number)

    def start(self, number):
        self.services[number] = self.another(self.ports[number])

    def another(self, port=None):
        service = Service(self.binary, self.url, port=port, **self.settings)
        service.await_health()
        return service

    def kill(self):
        for service in self.services:
            end(service)


def metric(port, name):
    """Returns the value of a metric without labels."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/q/metrics", timeout=10) as response:
        return float(re.search(rf"^{name} (\S+)$", response.read().decode(), re.MULTILINE)[1])


def await_true(condition, what, seconds=60):
    """Waits until a condition is true. Returns its result."""
    until = time.monotonic() + seconds
    while True:
        # The service may respond slowly for a moment.
        with contextlib.suppress(OSError):
            if result := condition():
                return result
        if time.monotonic() > until:
            raise SystemExit(f"{what}: not within {seconds} s")
        time.sleep(0.1)


def open_stream(port, path):
    """Opens a stream. The caller does not read from it."""
    connection = socket.socket()
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
    connection.connect(("127.0.0.1", port))
    connection.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
    return connection


def open_streams_in_child(port, path, number):
    """Returns a process that has opened streams and does not read from them."""
    return subprocess.Popen([sys.executable, "-c", CHILD, str(port), path, str(number)])
