"""What is measured: the service in its forms, and the database alone as the limit; and what they cost in processor time."""
import glob
import importlib.machinery
import importlib.util
import os
import re
import subprocess
import time
import urllib.error
import urllib.request
import uuid

from generators import Failed, creation
from scratch import Service

HERE = os.path.dirname(os.path.abspath(__file__))
LIMIT = "pgbench"
TICK_US = 1_000_000 / os.sysconf("SC_CLK_TCK")


def processor_time(pid, waited_for=False):
    """Microseconds that a process has run, in all its threads, those that have ended too; or else its ended children."""
    with open(f"/proc/{pid}/stat") as stat:
        fields = stat.read().rpartition(")")[2].split()
    return sum(map(int, fields[13:15] if waited_for else fields[11:13])) * TICK_US


def database_time(postgres):
    """Microseconds that all processes of a server have run, those that have ended too."""
    with open(f"{postgres.data}/postmaster.pid") as file:
        postmaster = int(file.readline())
    with open(f"/proc/{postmaster}/task/{postmaster}/children") as file:
        children = file.read().split()
    total = processor_time(postmaster) + processor_time(postmaster, waited_for=True)
    for child in children:
        try:
            total += processor_time(child)
        except OSError:
            pass  # It ended just now, and counts with the next look.
    return total


def version(*command):
    """The first line that a command prints about itself."""
    done = subprocess.run(command, capture_output=True, text=True)
    return (done.stdout + done.stderr).partition("\n")[0].strip()


def jdk(major):
    """The home of an installed JDK of a major version, or None."""
    for release in sorted(glob.glob("/usr/lib/jvm/*/release")):
        with open(release) as file:
            if re.search(rf'^JAVA_VERSION="{major}[."]', file.read(), re.MULTILINE):
                return os.path.dirname(release)
    return None


def keystone_script():
    """e2e/keystone, whose Keystone is used here."""
    loader = importlib.machinery.SourceFileLoader("keystone_script", os.path.join(HERE, "..", "e2e", "keystone"))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("keystone_script", loader))
    loader.exec_module(module)
    return module


def project(name):
    """The id of a project, as Keystone makes them: a row of a tenant with a shorter name costs less."""
    return uuid.uuid5(uuid.NAMESPACE_URL, name).hex


class Database:
    """The limit: what pgbench inserts into the same table."""

    name, tenant = LIMIT, project(LIMIT)
    created = unknown = 0
    created_rows = f"tenant_id = '{tenant}'"

    def __init__(self, postgres):
        self.postgres = postgres

    def processor_time(self):
        return 0

    def stop(self):
        pass


class Running:
    """The service in one form, with a tenant of its own."""

    def __init__(self, name, executable, postgres, tenant=None, java=None, starts=1, headers=None, **settings):
        self.name, self.tenant, self.postgres = name, tenant or project(name), postgres
        self.created = self.unknown = 0
        self.created_rows = f"tenant_id = '{self.tenant}'"
        self.headers = headers or {}
        if java:
            settings["PATH"] = f"{java}/bin:{os.environ['PATH']}"
        self.start_ms = []
        for _ in range(starts):
            if self.start_ms:
                self.stop()
            self.service = Service(executable, postgres.url, **settings)
            self.start_ms.append(self.first_answer())
        self.port = self.service.port
        self.resident = self.service.memory("VmRSS")

    def first_answer(self):
        """Milliseconds from exec to the first answer, to a create where one needs no token."""
        return self.service.await_first_answer()

    def processor_time(self):
        return processor_time(self.service.process.pid)

    def ask(self, path, headers=None):
        """The status, the headers and the body of an answer."""
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", headers={**self.headers, **(headers or {})})
        try:
            with urllib.request.urlopen(request) as answer:
                return answer.status, answer.headers, answer.read()
        except urllib.error.HTTPError as e:
            return e.code, e.headers, e.read()

    def creation(self):
        return creation(self.tenant, **self.headers)

    def stop(self):
        self.service.stop()


class RunningWithKeystone(Running):
    """The native binary that asks a real Keystone once about the one token that it gets, and remembers it."""

    def first_answer(self):
        """Waits for it, with a request that needs no token."""
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
        """Starts Keystone and the service; both end with the stack."""
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
    """Name, file and JDK home of each form of the service that is there, and why others are not."""
    found, missing = [], []
    if executable:
        found.append(("native", executable, None))
    else:
        missing.append("native: no binary in target")
    for major in (17, 25):
        home = jdk(major)
        if jar and home:
            found.append((f"JDK {major}", jar, home))
        else:
            missing.append(f"JDK {major}: " + ("not installed" if jar else "no jar in target"))
    return found, missing
