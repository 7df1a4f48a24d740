"""A TCP proxy on loopback that simulates network faults. For the scripts in e2e/."""
import contextlib
import socket
import threading
import time

from faults import reset


class Link:
    """A client connection and its server connection. A dead link forwards no data and does not close its connections."""

    def __init__(self, proxy, client, server):
        self.proxy = proxy
        self.client = client
        self.server = server
        self.dead = server is None
        if server:
            for source, sink in ((client, server), (server, client)):
                threading.Thread(target=self.pump, args=(source, sink), daemon=True).start()

    def pump(self, source, sink):
        with contextlib.suppress(OSError):
            while data := source.recv(65_536):
                time.sleep(self.proxy.delay)
                if not self.dead:
                    sink.sendall(data)
        if not self.dead:
            self.close()

    def reset(self):
        self.dead = True
        for end in (self.client, self.server):
            if end:
                with contextlib.suppress(OSError):
                    # Unblocks the thread that reads from it.
                    end.shutdown(socket.SHUT_RD)
                reset(end)

    def close_server(self):
        """Closes the server connection, and leaves the client connection open."""
        self.dead = True
        if self.server:
            with contextlib.suppress(OSError):
                self.server.shutdown(socket.SHUT_RDWR)
            self.server.close()

    def close(self):
        for end in (self.client, self.server):
            if end:
                with contextlib.suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)
                end.close()


class Proxy:
    """Forwards connections to a port, except during a fault."""

    def __init__(self, target):
        self.target = target
        self.delay = 0.0
        self.resets = self.drops = False
        self.links = []
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        with contextlib.suppress(OSError):
            while True:
                client, _ = self.listener.accept()
                self.open(client)

    def choose(self):
        return self.target

    def open(self, client):
        if self.resets:
            return reset(client)
        server = None
        if not self.drops:
            try:
                server = socket.create_connection(("127.0.0.1", self.choose()))
            except OSError:
                return reset(client)
        for end in (client, server):
            if end:
                end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.links.append(Link(self, client, server))

    @contextlib.contextmanager
    def resetting(self):
        """Resets all open and new connections."""
        self.resets = True
        for link in self.links:
            link.reset()
        self.links.clear()
        yield
        self.resets = False

    @contextlib.contextmanager
    def black_hole(self):
        """Forwards no data. Connections that are open stay dead after the block, as when a firewall has lost their state."""
        self.drops = True
        for link in self.links:
            link.dead = True
        yield
        self.drops = False

    @contextlib.contextmanager
    def half_open(self):
        """Closes all server connections, and leaves the client connections open. New connections work."""
        for link in self.links:
            link.close_server()
        yield

    @contextlib.contextmanager
    def delaying(self, seconds):
        """Delays each packet."""
        self.delay = seconds
        yield
        self.delay = 0.0

    def close(self):
        self.listener.close()
        for link in self.links:
            link.close()
