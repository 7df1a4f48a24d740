"""A load balancer for replicas, which forwards only to those that are ready. For the scripts in e2e/."""
import itertools
import threading
import time
import urllib.request

from proxy import Proxy

PATIENCE = 120


class Balancer(Proxy):
    """Checks the readiness of each replica twenty times a second. Forwards each new connection to the next ready replica."""

    def __init__(self):
        self.ports = {}
        self.number = itertools.count()
        super().__init__(None)

    def choose(self):
        ready = [port for port, is_ready in list(self.ports.items()) if is_ready]
        if not ready:
            raise ConnectionRefusedError("No replica is ready")
        return ready[next(self.number) % len(ready)]

    def add(self, port):
        self.ports[port] = False
        threading.Thread(target=self.watch, args=(port,), daemon=True).start()

    def watch(self, port):
        while True:
            self.ports[port] = responds(port, "/q/health/ready")
            time.sleep(0.05)

    def await_ready(self, port, wanted=True):
        until = time.monotonic() + PATIENCE
        while self.ports[port] != wanted:
            if time.monotonic() > until:
                raise SystemExit(f"A replica is{' not' if wanted else ' still'} ready after {PATIENCE} s")
            time.sleep(0.02)


def responds(port, path):
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=2) as response:
            return response.status == 200
    except (OSError, ValueError):
        return False
