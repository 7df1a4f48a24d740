"""Three members of etcd, three PostgreSQL that Patroni controls, and HAProxy in front of them. For e2e/patroni."""
import contextlib
import json
import os
import shutil
import signal
import subprocess
import tempfile
import threading
import time
import urllib.request

from faults import end, kill_postgres
from proxy import Proxy
from replicas import await_true
from scratch import AS_POSTGRES, Postgres, free_port, install

SCOPE = "ember"
MEMBERS = 3
# Seconds. Patroni accepts no shorter TTL. It must be at least loop_wait + 2 * retry_timeout.
TTL, LOOP_WAIT, RETRY_TIMEOUT = 20, 2, 5
# Seconds until a member, or the whole cluster, is as it must be.
PATIENCE = 120


def run_as_postgres(directory, name, *command):
    """Starts a process as the user postgres. Its output is in a file of the directory."""
    with open(os.path.join(directory, name + ".log"), "a") as log:
        environment = {"PATH": os.environ["PATH"], "HOME": directory}
        return subprocess.Popen([*AS_POSTGRES, *command], stdout=log, stderr=log, cwd="/", env=environment)


def reap_orphans():
    """
    Waits for orphaned processes of PostgreSQL, as an init process does. Patroni counts a process as running until then. Needs
    faults.adopt_orphans().
    """
    def reap():
        while True:
            with open(f"/proc/self/task/{os.getpid()}/children") as file:
                children = file.read().split()
            for child in children:
                with contextlib.suppress(OSError, ChildProcessError):
                    with open(f"/proc/{child}/stat") as file:
                        name, state = file.read().partition("(")[2].rpartition(")")[::2]
                    if name == "postgres" and state.split()[0] == "Z":
                        os.waitpid(int(child), os.WNOHANG)
            time.sleep(0.05)
    threading.Thread(target=reap, daemon=True).start()


class Etcd:
    """A member of etcd."""

    def __init__(self, directory, name, peers):
        self.directory, self.name = directory, name
        self.port = free_port()
        self.peers = peers
        self.process = None

    def start(self):
        client, peer = f"http://127.0.0.1:{self.port}", f"http://127.0.0.1:{self.peers[self.name]}"
        self.process = run_as_postgres(
            self.directory, self.name, "etcd", "--name", self.name, "--data-dir", os.path.join(self.directory, self.name),
            "--listen-client-urls", client, "--advertise-client-urls", client, "--listen-peer-urls", peer,
            "--initial-advertise-peer-urls", peer, "--initial-cluster-token", SCOPE, "--logger", "zap", "--log-level", "warn", "--enable-v2",
            "--initial-cluster", ",".join(f"{name}=http://127.0.0.1:{port}" for name, port in self.peers.items()))

    def kill(self):
        end(self)

    def is_leader(self):
        """Returns whether this member is the leader, or None if it has no leader."""
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}/v3/maintenance/status", b"{}")
        try:
            with urllib.request.urlopen(request, timeout=2) as response:
                status = json.load(response)
        except (OSError, ValueError):
            return None
        return status["leader"] == status["header"]["member_id"] if status.get("leader") else None


class Member(Postgres):
    """A PostgreSQL and its Patroni. Patroni reaches etcd through proxies, so that a test can cut the network between them."""

    def __init__(self, directory, name, etcd):
        self.directory, self.name = directory, name
        self.data = os.path.join(directory, name)
        self.bin = Postgres.find_programs()
        self.port, self.rest = free_port(), free_port()
        self.proxies = [Proxy(member.port) for member in etcd]
        self.configuration = os.path.join(directory, name + ".json")
        with open(self.configuration, "w") as file:
            json.dump(self.configure(), file)
        self.process = None

    def configure(self):
        """Returns the configuration of Patroni, as JSON, which is also YAML."""
        here = "127.0.0.1"
        dcs = {"ttl": TTL, "loop_wait": LOOP_WAIT, "retry_timeout": RETRY_TIMEOUT, "synchronous_mode": True,
               "synchronous_mode_strict": True, "postgresql": {"use_pg_rewind": True}}
        return {
            "scope": SCOPE, "name": self.name,
            "restapi": {"listen": f"{here}:{self.rest}", "connect_address": f"{here}:{self.rest}"},
            "etcd": {"hosts": [f"{here}:{proxy.port}" for proxy in self.proxies], "use_proxies": True},
            "bootstrap": {"dcs": dcs, "initdb": [{"encoding": "UTF8"}, {"locale": "C"}]},
            "postgresql": {
                "listen": f"{here}:{self.port}", "connect_address": f"{here}:{self.port}", "data_dir": self.data, "bin_dir": self.bin,
                "pgpass": os.path.join(self.directory, self.name + ".pgpass"),
                "authentication": {"superuser": {"username": "ember"}, "replication": {"username": "replicator"}},
                "pg_hba": [f"host all all {here}/32 trust", f"host replication all {here}/32 trust"],
                "parameters": {"unix_socket_directories": self.directory, "wal_retrieve_retry_interval": "1s"},
                "basebackup": [{"checkpoint": "fast"}], "remove_data_directory_on_diverged_timelines": True,
                "remove_data_directory_on_rewind_failure": True},
        }

    def start(self):
        self.process = run_as_postgres(self.directory, self.name, "patroni", self.configuration)

    def responds(self, path):
        """Returns whether the health check of Patroni succeeds."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.rest}/{path}", timeout=1) as response:
                return response.status == 200
        except OSError:
            return False

    def kill(self, only_patroni=False):
        end(self)
        if not only_patroni:
            self.kill_postgresql()

    def kill_postgresql(self):
        kill_postgres(self)

    def pause(self):
        self.signal(signal.SIGSTOP)

    def resume(self):
        self.signal(signal.SIGCONT)

    def signal(self, number):
        """Sends a signal to Patroni and to all processes of PostgreSQL. Also to those that began meanwhile."""
        signalled = set()
        patroni = {self.process.pid} if self.process.poll() is None else set()
        while left := {*patroni, *self.processes()} - signalled:
            for process in left:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(process, number)
            signalled |= left

    @contextlib.contextmanager
    def cut(self):
        """Cuts the network between Patroni and etcd. No packet arrives."""
        with contextlib.ExitStack() as stack:
            for proxy in self.proxies:
                stack.enter_context(proxy.black_hole())
            yield

    def close(self):
        if self.process:
            self.resume()
            self.kill()
        for proxy in self.proxies:
            proxy.close()


class HAProxy:
    """Forwards connections to the member whose Patroni is the leader."""

    def __init__(self, directory, members):
        install("haproxy", "haproxy")
        self.port = free_port()
        servers = "\n".join(f"    server {each.name} 127.0.0.1:{each.port} check port {each.rest}" for each in members)
        configuration = os.path.join(directory, "haproxy.cfg")
        with open(configuration, "w") as file:
            file.write(f"""global
    maxconn 500
defaults
    mode tcp
    timeout connect 1s
    timeout client 30m
    timeout server 30m
    timeout check 1s
listen primary
    bind 127.0.0.1:{self.port}
    option httpchk OPTIONS /primary
    http-check expect status 200
    default-server inter 1s fall 2 rise 1 on-marked-down shutdown-sessions
{servers}
""")
        self.process = run_as_postgres(directory, "haproxy", "haproxy", "-db", "-f", configuration)


class Cluster:
    """A cluster with one leader, a synchronous standby and another standby."""

    def __init__(self, stack):
        install("etcd", "etcd-server")
        install("patroni", "patroni")
        Postgres.find_programs()
        directory = stack.enter_context(tempfile.TemporaryDirectory())
        if AS_POSTGRES:
            shutil.chown(directory, "postgres")
        reap_orphans()
        peers = {f"etcd{number}": free_port() for number in range(MEMBERS)}
        self.etcd = [Etcd(directory, name, peers) for name in peers]
        for member in self.etcd:
            member.start()
            stack.callback(member.kill)
        self.await_etcd()
        self.members = [Member(directory, f"pg{number}", self.etcd) for number in range(MEMBERS)]
        for member in self.members:
            stack.callback(member.close)
        self.members[0].start()
        await_true(self.find_leader, "the first leader", PATIENCE)
        for member in self.members[1:]:
            member.start()
        self.await_whole()
        self.haproxy = HAProxy(directory, self.members)
        stack.callback(lambda: end(self.haproxy))

    # ---- State

    def find_leader(self, *others):
        """Returns the leader, unless it is one of the others."""
        return next((member for member in self.members if member not in others and member.responds("primary")), None)

    def await_etcd(self):
        """Waits until etcd has a leader, and both others follow it."""
        def states():
            return [member.is_leader() for member in self.etcd]
        await_true(lambda: None not in (found := states()) and sum(found) == 1, "the leader of etcd", PATIENCE)

    def etcd_leader(self):
        return await_true(lambda: next((member for member in self.etcd if member.is_leader()), None), "a leader of etcd", PATIENCE)

    def is_whole(self):
        """Returns whether there is one leader, and both others replicate it, one of them synchronously."""
        states = sorted((member.responds("primary"), member.responds("replica"), member.responds("sync")) for member in self.members)
        if states != [(False, True, False), (False, True, True), (True, False, False)]:
            return False
        try:
            return self.find_leader().query("select count(*) from pg_stat_replication where state = 'streaming'") == "2\n"
        except (AttributeError, subprocess.CalledProcessError):
            return False

    def await_whole(self):
        """Waits until the cluster is whole, and returns the leader."""
        await_true(self.is_whole, "the cluster is whole", PATIENCE)
        return await_true(self.find_leader, "a leader", PATIENCE)

    def switch_over(self):
        """Makes the synchronous standby the leader. Returns the output of patronictl."""
        leader = self.find_leader()
        command = ["patronictl", "-c", leader.configuration, "switchover", "--leader", leader.name, "--force", SCOPE]
        done = subprocess.run([*AS_POSTGRES, *command], capture_output=True, text=True, cwd="/", timeout=PATIENCE)
        return done.stdout + done.stderr

    # ---- Connections

    @property
    def url(self):
        servers = ",".join(f"127.0.0.1:{member.port}" for member in self.members)
        return f"jdbc:postgresql://{servers}/postgres?targetServerType=primary&hostRecheckSeconds=1&loadBalanceHosts=true"

    @property
    def haproxy_url(self):
        return f"jdbc:postgresql://127.0.0.1:{self.haproxy.port}/postgres"
