"""Thousands of clients that wait for changes of deployments, and the changes themselves: in one process, with one clock."""
import collections
import concurrent.futures
import contextlib
import math
import random
import select
import threading
import time

from generators import Failed
from waiting_clients import PATIENCE, Update

CONNECTIONS_PER_SECOND = 1000
# Less than the in-flight requests of a replica.
MAX_CONNECTING = 64
# The lowest number of clients that connect, or of updates, in a second. A slower machine fails.
SLOWEST = 50
# Over all replicas.
UPDATE_CONNECTIONS = 32
# Few events at a time, so that no update is sent late.
EVENTS = 64
# The longest time in seconds without a look at the condition of a run.
PAUSE = 0.05


class Change:
    """An update of the deployment of a client. The times are those of the monotonic clock."""

    def __init__(self, number, client, port, due):
        self.number, self.client, self.port, self.due = number, client, port, due
        self.acknowledged = self.seen = None


class WaitingClients:
    """
    Clients of one kind, each of its own deployment, spread over some replicas. One thread serves all connections, and only while
    one of the methods runs.
    """

    def __init__(self, kind, number, ports, wait):
        self.ports, self.wait = ports, wait
        self.epoll, self.connections = select.epoll(), {}
        self.clients = [kind(self, number, ports[number % len(ports)]) for number in range(number)]
        self.queue, self.next_connection = collections.deque(), 0
        # Of changes: those that are not due, by port those that are, all, and how many are not seen or not acknowledged.
        self.schedule, self.due, self.changes = collections.deque(), {port: collections.deque() for port in ports}, 0
        self.unseen = self.unacknowledged = 0
        self.idle = {port: [] for port in ports}
        self.connecting = self.ready = 0
        self.interruptions = collections.Counter()

    def register(self, connection):
        self.connections[connection.socket.fileno()] = connection
        self.epoll.register(connection.socket, select.EPOLLIN)

    def unregister(self, connection):
        self.epoll.unregister(connection.socket)
        del self.connections[connection.socket.fileno()]

    def connect(self):
        """
        Connects all clients at a bounded rate. The first client of each replica comes first: streams need a permit until the
        replica has begun to read changes.
        """
        for some in (self.clients[:len(self.ports)], self.clients):
            self.queue.extend(client for client in some if not client.ready)
            self.run(lambda: self.ready == len(some), PATIENCE + len(some) / SLOWEST, "not all clients were ready")

    def close(self):
        for connection in list(self.connections.values()):
            connection.close()
        self.epoll.close()

    def rest(self, seconds):
        end = time.monotonic() + seconds
        self.run(lambda: time.monotonic() > end, math.inf)

    @contextlib.contextmanager
    def served(self):
        """Serves the connections in another thread during the block."""
        stop = threading.Event()
        with concurrent.futures.ThreadPoolExecutor(1) as executor:
            serving = executor.submit(self.run, stop.is_set, math.inf)
            try:
                yield
            finally:
                stop.set()
            serving.result()

    def change(self, number, rate=None):
        """
        Updates so many deployments once, through all replicas: at random times, so many in a second, or else as fast as possible. Waits
        until all clients have seen their changes. Returns the changes.
        """
        chance = random.Random(self.changes)
        seconds = number / rate if rate else 0
        begun = time.monotonic() + 0.1
        changes = [Change(self.changes + index, client, chance.choice(self.ports), due) for index, (client, due) in enumerate(
            zip(chance.sample(self.clients, number), sorted(begun + chance.uniform(0, seconds) for _ in range(number))), 1)]
        for change in changes:
            change.client.expected = change
        self.changes += number
        self.unseen = self.unacknowledged = number
        self.schedule.extend(changes)
        updates = [Update(self, self.ports[index % len(self.ports)]) for index in range(UPDATE_CONNECTIONS)]
        for update in updates:
            update.open()
            self.idle[update.port].append(update)
        self.run(lambda: not self.unseen and not self.unacknowledged, seconds + PATIENCE + number / SLOWEST,
                 "not all clients had seen their changes")
        for update in updates:
            update.close()
        self.idle = {port: [] for port in self.ports}
        return changes

    def acknowledged(self, update):
        self.unacknowledged -= 1
        self.idle[update.port].append(update)
        self.start_updates(update.port)

    def start_updates(self, port):
        while self.due[port] and self.idle[port]:
            self.idle[port].pop().start(self.due[port].popleft())

    def run(self, is_done, seconds, problem=""):
        """Serves the connections until it is done. Fails after some seconds with a problem."""
        end = time.monotonic() + seconds
        while not is_done():
            now = time.monotonic()
            if now > end:
                raise Failed(f"{problem} within {seconds:.0f} s: {self.ready} of {len(self.clients)} clients were ready,"
                             f" {self.unseen} changes not seen, {self.unacknowledged} not acknowledged, interruptions:"
                             f" {dict(self.interruptions)}")
            may_connect = self.queue and self.connecting < MAX_CONNECTING
            if may_connect and now >= self.next_connection:
                self.next_connection = max(now - PAUSE, self.next_connection) + 1 / CONNECTIONS_PER_SECOND
                self.connecting += 1
                self.queue.popleft().open()
            while self.schedule and self.schedule[0].due <= now:
                change = self.schedule.popleft()
                self.due[change.port].append(change)
                self.start_updates(change.port)
            next_connection = self.next_connection if may_connect else math.inf
            next_change = self.schedule[0].due if self.schedule else math.inf
            for descriptor, _ in self.epoll.poll(max(0, min(next_connection, next_change, now + PAUSE) - now), EVENTS):
                if connection := self.connections.get(descriptor):
                    connection.readable()
