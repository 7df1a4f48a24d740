"""A scratch PostgreSQL and the packaged service, for the measurements in bench/ and the scripts in e2e/."""
import contextlib
import glob
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request

BODY = (b'{"config_id": "8da95794-2ad9-4979-8ae5-739ce314c5cd", "server_id": "ec14c864-096e-4e27-bb8a-2c2b4dc6f3f5",'
        b' "action": "CREATE", "status": "IN_PROGRESS", "status_reason": "Deploy data available"}')
# PostgreSQL and PgBouncer do not run as root.
AS_POSTGRES = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] if os.getuid() == 0 else []
PATH = "/v1/scratch/software_deployments"
JVM_OPTIONS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "src", "main", "docker", "jvm.options")


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def install(command, package):
    if not shutil.which(command):
        subprocess.run(["apt-get", "install", "-y", "-qq", package], check=True, stdout=subprocess.DEVNULL)


class Postgres:
    """A scratch server with durable commits and Debian's defaults, except for its port, its directory and the given settings."""

    def __init__(self, directory, **settings):
        self.bin = self.find_programs()
        self.data = os.path.join(directory, "data")
        self.port = free_port()
        self.settings = {"listen_addresses": "127.0.0.1", "unix_socket_directories": directory, **settings}
        if AS_POSTGRES:
            shutil.chown(directory, "postgres")
        self.make()
        self.start()

    @staticmethod
    def find_programs():
        """Returns the directory of the programs of PostgreSQL. Installs them if they are missing."""
        if not glob.glob("/usr/lib/postgresql/*/bin/postgres"):
            install("postgres", "postgresql")
        return sorted(glob.glob("/usr/lib/postgresql/*/bin"))[-1]

    def make(self):
        self.run("initdb", "-A", "trust", "-U", "ember", "-E", "UTF8", "--locale=C")

    def start(self):
        settings = "".join(f" -c {name}={value}" for name, value in self.settings.items())
        self.run("pg_ctl", "-w", "-l", self.data + "/log", "-o", f"-p {self.port}{settings}", "start")

    @property
    def url(self):
        return f"jdbc:postgresql://127.0.0.1:{self.port}/postgres"

    def run(self, program, *arguments):
        subprocess.run(AS_POSTGRES + [f"{self.bin}/{program}", "-D", self.data, *arguments],
                       check=True, stdout=subprocess.DEVNULL, cwd="/")

    def query(self, sql):
        """Runs a query with psql. Returns the output without headings."""
        command = [f"{self.bin}/psql", "-h", "127.0.0.1", "-p", str(self.port), "-U", "ember", "-d", "postgres", "-Atqc", sql]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    def processes(self):
        """Returns the ids of the postmaster and of its child processes. Empty if the server is not running."""
        try:
            with open(self.data + "/postmaster.pid") as file:
                postmaster = int(file.readline())
            # After a kill, another process may have the id.
            with open(f"/proc/{postmaster}/comm") as file:
                if file.read() != "postgres\n":
                    return []
            with open(f"/proc/{postmaster}/task/{postmaster}/children") as file:
                return [postmaster, *map(int, file.read().split())]
        except (OSError, ValueError):
            return []

    def stop(self, mode="fast"):
        self.run("pg_ctl", "-m", mode, "stop")


def jdk(major):
    """Returns the home of the JDK of a major version, for example in JAVA_HOME_25 or /usr/lib/jvm, or None."""
    home = os.environ.get(f"JAVA_HOME_{major}")
    if home:
        return home
    for release in sorted(glob.glob("/usr/lib/jvm/*/release")):
        with open(release) as file:
            if re.search(rf'^JAVA_VERSION="{major}[."]', file.read(), re.MULTILINE):
                return os.path.dirname(release)
    return None


def cache_of(jar):
    """Returns the path of the AOT cache of a jar, or None. Built with ./mvnw verify -Daot -DskipUTs."""
    path = os.path.join(os.path.dirname(jar), "app.aot")
    return path if os.path.exists(path) else None


def java_command(major, jar):
    """
    Returns the command that runs a jar on the JDK of a major version, with a heap of 256 MiB, or None without that JDK. JDK 25 uses
    the AOT cache beside the jar, as in the JVM image but without its relative paths, and does not start if it cannot use it.
    """
    home = jdk(major)
    if not home:
        return None
    cache = cache_of(jar) if major == 25 else None
    options = [f"@{JVM_OPTIONS}", f"-XX:AOTCache={cache}", "-XX:AOTMode=on"] if cache else []
    return [f"{home}/bin/java", *options, "-Xmx256m"]


class Service:
    """The service with a heap of 64 MiB, or 256 MiB for a jar, and without a shutdown delay. The environment has its settings."""

    def __init__(self, binary, database_url, *arguments, port=None, log=None, java=("java", "-Xmx256m"), **settings):
        """Writes everything that the service prints to the file log, if there is one. A jar runs with the command java."""
        self.port = port or free_port()
        environment = {
            "PATH": os.environ["PATH"], "PORT": str(self.port), "EMBER_IDENTITY": "none",
            "QUARKUS_DATASOURCE_JDBC_URL": database_url,
            "QUARKUS_DATASOURCE_USERNAME": "ember", "QUARKUS_DATASOURCE_PASSWORD": "none", "QUARKUS_SHUTDOWN_DELAY": "0S",
            **settings,
        }
        self.started = time.monotonic()
        command = [*java, "-jar", binary] if binary.endswith(".jar") else [binary, "-Xmx64m"]
        self.process = subprocess.Popen(command + list(arguments), env=environment, stdout=log or subprocess.DEVNULL,
                                        stderr=log)

    def await_first_response(self):
        """Waits for the first 200 to a create. Returns the milliseconds since exec."""
        request = (f"POST {PATH} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                   f"Content-Length: {len(BODY)}\r\n\r\n").encode() + BODY
        while time.monotonic() < self.started + 120:
            try:
                with socket.create_connection(("127.0.0.1", self.port)) as s:
                    s.sendall(request)
                    if s.recv(4096).startswith(b"HTTP/1.1 200"):
                        return (time.monotonic() - self.started) * 1000
            except ConnectionError:
                time.sleep(0.0005)
        raise SystemExit("The service did not respond within 120 s")

    def await_health(self):
        """Waits until the service is ready, without storing a row."""
        while time.monotonic() < self.started + 60:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/q/health/ready", timeout=5) as response:
                    if response.status == 200:
                        return
            except OSError:
                time.sleep(0.05)
        raise SystemExit("The service was not ready within 60 s")

    def memory(self, field):
        """Returns VmRSS (resident memory) or VmHWM (peak resident memory) in MiB."""
        with open(f"/proc/{self.process.pid}/status") as status:
            return int(re.search(field + r":\s+(\d+)", status.read())[1]) / 1024

    def cpu_time(self):
        """Returns the CPU time of all threads in milliseconds. It varies less than elapsed time on a busy machine."""
        total = 0
        for path in glob.glob(f"/proc/{self.process.pid}/task/*/schedstat"):
            try:
                with open(path) as thread:
                    total += int(thread.read().split()[0])
            except OSError:
                pass  # The thread has exited.
        return total / 1e6

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(30)


def binary():
    """Returns the path of the native binary, or None. Built with ./mvnw package -Dnative."""
    return next(iter(glob.glob("target/*-runner")), None)


def jar():
    """Returns the path of the jar, or None. Built with ./mvnw package."""
    return next(iter(glob.glob("target/quarkus-app/quarkus-run.jar")), None)


def packaged():
    """Returns the path of the native binary, or else of the jar, or None."""
    return binary() or jar()


@contextlib.contextmanager
def serving(executable, **settings):
    """Yields a service that has responded, and its scratch PostgreSQL. Stops both at the end of the block, also on SIGTERM."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with contextlib.ExitStack() as stack:
        postgres = Postgres(stack.enter_context(tempfile.TemporaryDirectory()))
        stack.callback(postgres.stop)
        service = Service(executable, postgres.url, **settings)
        stack.callback(service.stop)
        service.await_first_response()
        yield service, postgres


def load(port, seconds, directory):
    """Sends creates for some seconds over 32 connections. Returns the requests per second."""
    install("wrk", "wrk")
    script = os.path.join(directory, "create.lua")
    with open(script, "w") as f:
        f.write(f'wrk.method = "POST"\nwrk.headers["Content-Type"] = "application/json"\nwrk.body = [[{BODY.decode()}]]\n')
    output = subprocess.run(["wrk", "-t", "1", "-c", "32", "-d", f"{seconds}s", "-s", script, f"http://127.0.0.1:{port}{PATH}"],
                            check=True, capture_output=True, text=True).stdout
    if "Non-2xx" in output or "Socket errors" in output:
        raise SystemExit("Requests of the load failed:\n" + output)
    return float(re.search(r"Requests/sec:\s+([\d.]+)", output)[1])
