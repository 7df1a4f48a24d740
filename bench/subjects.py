"""The subjects of the measurements: the service in its forms, and the database alone as the upper limit. Also their CPU time."""
import importlib.machinery
import importlib.util
import os
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
import uuid

from generators import Failed, creation
from scratch import Postgres, Service, java_command

HERE = os.path.dirname(os.path.abspath(__file__))
LIMIT = "pgbench"
TICK_US = 1_000_000 / os.sysconf("SC_CLK_TCK")


def cpu_time(pid, waited_for=False):
    """
    Returns the CPU time of a process in microseconds, including threads that have exited. With waited_for, returns that of its
    child processes that have exited.
    """
    with open(f"/proc/{pid}/stat") as stat:
        fields = stat.read().rpartition(")")[2].split()
    return sum(map(int, fields[13:15] if waited_for else fields[11:13])) * TICK_US


def database_time(postgres):
    """Returns the CPU time of all processes of a server in microseconds, including processes that have exited."""
    with open(f"{postgres.data}/postmaster.pid") as file:
        postmaster = int(file.readline())
    with open(f"/proc/{postmaster}/task/{postmaster}/children") as file:
        children = file.read().split()
    total = cpu_time(postmaster) + cpu_time(postmaster, waited_for=True)
    for child in children:
        try:
            total += cpu_time(child)
        except OSError:
            pass  # The process has just exited. The next call counts it.
    return total


def migrated(stack, executable, **settings):
    """Returns a scratch server with the schema of the executable. The stack stops it."""
    postgres = Postgres(stack.enter_context(tempfile.TemporaryDirectory()), **settings)
    stack.callback(postgres.stop)
    if Service(executable, postgres.url, "migrate").process.wait(120):
        raise Failed("The migration failed")
    return postgres


def version(*command):
    """Returns the first line that a command prints."""
    done = subprocess.run(command, capture_output=True, text=True)
    return (done.stdout + done.stderr).partition("\n")[0].strip()


def keystone_script():
    """Loads e2e/keystone as a module, for its Keystone."""
    loader = importlib.machinery.SourceFileLoader("keystone_script", os.path.join(HERE, "..", "e2e", "keystone"))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("keystone_script", loader))
    loader.exec_module(module)
    return module


def project(name):
    """Returns a project id of the same length as those of Keystone. Rows with shorter ids would be cheaper."""
    return uuid.uuid5(uuid.NAMESPACE_URL, name).hex


class Database:
    """The upper limit: pgbench inserts into the same table."""

    name, tenant = LIMIT, project(LIMIT)
    created = unknown = 0
    created_rows = f"tenant_id = '{tenant}'"

    def __init__(self, postgres):
        self.postgres = postgres

    def cpu_time(self):
        return 0

    def stop(self):
        pass


class Running:
    """The service in one form, with its own tenant."""

    def __init__(self, name, executable, postgres, tenant=None, java=None, starts=1, headers=None, **settings):
        self.name, self.tenant, self.postgres = name, tenant or project(name), postgres
        self.created = self.unknown = 0
        self.created_rows = f"tenant_id = '{self.tenant}'"
        self.headers = headers or {}
        if java:
            settings["java"] = java
        self.start_ms = []
        for _ in range(starts):
            if self.start_ms:
                self.stop()
            self.service = Service(executable, postgres.url, **settings)
            self.start_ms.append(self.first_response())
        self.port = self.service.port
        self.resident = self.service.memory("VmRSS")

    def first_response(self):
        """Returns the milliseconds from exec to the first response to a create."""
        return self.service.await_first_response()

    def cpu_time(self):
        return cpu_time(self.service.process.pid)

    def ask(self, path, headers=None):
        """Sends a request. Returns the status, the headers and the body of the response."""
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", headers={**self.headers, **(headers or {})})
        try:
            with urllib.request.urlopen(request) as response:
                return response.status, response.headers, response.read()
        except urllib.error.HTTPError as e:
            return e.code, e.headers, e.read()

    def creation(self):
        return creation(self.tenant, **self.headers)

    def stop(self):
        self.service.stop()


class RunningWithKeystone(Running):
    """The native binary with a real Keystone. It validates one token once, and caches the result."""

    def first_response(self):
        """Waits until the service is ready, because a create needs a token. Returns the milliseconds since exec."""
        self.port = self.service.port
        while time.monotonic() < self.service.started + 60:
            try:
                if self.ask("/q/health/ready")[0] == 200:
                    return (time.monotonic() - self.service.started) * 1000
            except OSError:
                time.sleep(0.01)
        raise Failed("The service with Keystone is not ready")

    @staticmethod
    def beside(native, executable, directory, stack):
        """Starts Keystone and the service. The stack stops both."""
        script = keystone_script()
        script.install()
        os.makedirs(directory)
        keystone = script.Keystone(directory)
        keystone.start()
        stack.callback(keystone.stop)
        cloud = script.Cloud(keystone, native.port)
        token = keystone.token("alpha-member", "alpha")
        running = RunningWithKeystone(
            native.name + " with Keystone", executable, native.postgres, tenant=cloud.projects["alpha"],
            headers={"X-Auth-Token": token}, EMBER_IDENTITY="keystone", EMBER_KEYSTONE_URL=keystone.url,
            EMBER_KEYSTONE_CA_FILE=keystone.certificate, EMBER_KEYSTONE_USERNAME="ember",
            EMBER_KEYSTONE_PASSWORD=script.PASSWORD, EMBER_KEYSTONE_PROJECT="service", EMBER_TOKEN_CACHE_TTL="3600S")
        stack.callback(running.stop)
        return running


def forms(executable, jar):
    """
    Returns the name, file and java command of each available form of the service, and reasons for the missing ones. With an AOT
    cache, the jar runs on JDK 25 as in the JVM image.
    """
    found, missing = [], []
    if executable:
        found.append(("native", executable, None))
    else:
        missing.append("native: no binary in target")
    for major in (17, 25):
        java = jar and java_command(major, jar)
        if java:
            found.append((f"JDK {major}", jar, java))
        else:
            missing.append(f"JDK {major}: " + ("not installed" if jar else "no jar in target"))
    return found, missing
