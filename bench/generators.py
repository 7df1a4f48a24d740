"""The load: wrk as fast as the answers come, openloop.c at a rate, and pgbench both ways for the database alone."""
import glob
import json
import os
import re
import statistics
import subprocess
import time
import uuid

from scratch import BODY, install

# The same values as BODY, and an id that begins with the time: 12 hexadecimal digits of it, a 7, a counter, and chance.
# Decimal digits are hexadecimal too, so that pgbench can count in them.
INSERT = r"""\set count :count + 1
\set chance random(100000000, 999999999)
insert into software_deployment (action, config_id, created_at, input_values, output_values, server_id,
    stack_user_project_id, status, status_reason, tenant_id, updated_at, id)
values (:action, :config_id, now(), cast(null as json), cast(null as json), :server_id, null, :status, :status_reason,
    :tenant_id, now(), (:prefix::text || '7' || :count::text || :chance::text)::uuid);
"""
COUNT_REFUSALS = """
local threads = {}
refused, failure = 0, ""
function setup(thread) table.insert(threads, thread) end
function response(status, headers, body)
  if status == 503 then refused = refused + 1 elseif status > 399 then failure = status .. " " .. body end
end
function done()
  io.write("Refused: " .. threads[1]:get("refused") .. "\\n" .. threads[1]:get("failure") .. "\\n")
end
"""
FIRST_COUNT = 1_000_000_000
# openloop.c writes another number there in each request.
UNIQUE = "unique-" + "0" * 20
# What an agent reports, and the same for rows that the measurement has filled in.
REPORT = b'{"status": "COMPLETE", "output_values": {"deploy_stdout": "done", "deploy_status_code": 0}}'
UPDATE = r"""\set row random(0, {last})
update software_deployment set status = 'COMPLETE',
    output_values = '{{"deploy_stdout": "done", "deploy_status_code": 0}}'::json, updated_at = now(), version = version + 1
where tenant_id = 'updates' and id = ('01900000-0000-7000-8001-' || lpad(to_hex(:row::bigint), 12, '0'))::uuid;
"""
UPDATED_ROWS = 2_000
# The shares of answers that openloop.c prints, in nines: 1 is 90 %, 2 is 99 %.
NINES = [quarter / 4 for quarter in range(13)]
# Seconds of a turn that is not made longer when nothing was answered, on a machine that is busy otherwise.
LONGEST = 20
HERE = os.path.dirname(os.path.abspath(__file__))


class Failed(Exception):
    """Something was answered wrongly, or not at all."""


class Request:
    """
    What is asked: a method, one path or several of which each time one is picked at random, and the status expected. unique
    names a header that has another value in each request.
    """

    def __init__(self, method, paths, body=None, status=200, unique=None, **headers):
        self.method, self.paths, self.body, self.status, self.unique = method, paths, body, status, unique
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}
        if body:
            self.headers["Content-Type"] = "application/json"

    def write_script(self, name, counting):
        """For wrk. Counting tells 503 from other failures, and costs time in wrk itself."""
        with open(name, "w") as file:
            file.write(f"wrk.method = {json.dumps(self.method)}\n")
            if self.body:
                file.write(f"wrk.body = [[{self.body.decode()}]]\n")
            for header, value in self.headers.items():
                file.write(f"wrk.headers[{json.dumps(header)}] = {json.dumps(value)}\n")
            paths = ", ".join(json.dumps(path) for path in self.paths)
            file.write(f"local paths, requests = {{{paths}}}, {{}}\n")
            if self.unique:
                file.write(f"local number = 0\nfunction request()\n number = number + 1\n"
                           f" wrk.headers[{json.dumps(self.unique)}] = '{uuid.uuid4()}-' .. number\n"
                           " return wrk.format(nil, paths[math.random(#paths)])\nend\n")
            else:
                file.write("function init()\n for i, path in ipairs(paths) do requests[i] = wrk.format(nil, path) end\nend\n"
                           "function request()\n return requests[math.random(#requests)]\nend\n")
            if counting:
                file.write(COUNT_REFUSALS)

    def write_messages(self, name):
        """For openloop.c."""
        with open(name, "wb") as file:
            for path in self.paths:
                headers = {"Host": "localhost", **self.headers}
                if self.unique:
                    headers[self.unique] = UNIQUE
                if self.body:
                    headers["Content-Length"] = len(self.body)
                lines = [f"{self.method} {path} HTTP/1.1", *(f"{header}: {value}" for header, value in headers.items())]
                message = "\r\n".join([*lines, "", ""]).encode() + (self.body or b"")
                file.write(f"{len(message)}\n".encode() + message)


def creation(tenant, **headers):
    return Request("POST", [f"/v1/{tenant}/software_deployments"], BODY, **headers)


def report():
    return Request("PUT", [f"/v1/updates/software_deployments/01900000-0000-7000-8001-{row:012x}" for row in range(UPDATED_ROWS)],
                   REPORT)


class Percentiles:
    """Milliseconds within which shares of the answers came: at each of NINES, and at one half."""

    def __init__(self, at_nines, median):
        self.at_nines, self.p50 = at_nines, median
        self.p99, self.p999 = at_nines[8], at_nines[12]

    @staticmethod
    def of(milliseconds):
        ordered = sorted(milliseconds)
        return Percentiles([ordered[int((1 - 10 ** -nines) * (len(ordered) - 1))] for nines in NINES], statistics.median(ordered))


class Generators:
    """Loads with their files in a directory.

    refused counts answers with 503, of a service that has more to do than it can; wrk tells them from other failures only when
    it is told to count, and then prints one of those. unknown counts the requests of which nobody knows whether they were carried out: those that were
    refused, for a 503 does not say, and those that wrk leaves under way when its time is up.
    """

    def __init__(self, directory, counting=False):
        self.counting, self.refused, self.unknown = counting, 0, 0
        install("wrk", "wrk")
        install("gcc", "gcc")
        self.directory = directory
        self.openloop = os.path.join(directory, "openloop")
        subprocess.run(["gcc", "-O2", "-o", self.openloop, os.path.join(HERE, "openloop.c"), "-lm"], check=True)
        with open(self.file("insert.sql"), "w") as file:
            file.write(INSERT)
        with open(self.file("update.sql"), "w") as file:
            file.write(UPDATE.format(last=UPDATED_ROWS - 1))

    def file(self, name):
        return os.path.join(self.directory, name)

    def closed(self, port, request, connections, seconds):
        """Each connection asks again when it is answered. Returns requests answered as expected, and how many a second."""
        request.write_script(self.file("wrk.lua"), self.counting)
        output = run("wrk", "-t", "1", "-c", str(connections), "-d", f"{seconds}s", "--timeout", "30s",
                     "-s", self.file("wrk.lua"), f"http://127.0.0.1:{port}")
        failures = int((re.search(r"Non-2xx or 3xx responses: (\d+)", output) or [0, 0])[1])
        refused = int((re.search(r"Refused: (\d+)", output) or [0, failures])[1])
        requests = int(re.search(r"(\d+) requests in", output)[1])
        self.refused += refused
        self.unknown += refused + connections
        if "Socket errors" in output or failures > refused or failures == requests and seconds > LONGEST:
            raise Failed(f"{request.method} {request.paths[0]} met failures:\n{output}")
        if failures == requests:
            return self.closed(port, request, connections, 2 * seconds)
        answers = requests - failures
        return answers, float(re.search(r"Requests/sec:\s+([\d.]+)", output)[1]) * answers / requests

    def open(self, port, request, connections, rate, seconds):
        """At a rate. Returns requests answered as expected, and their Percentiles."""
        request.write_messages(self.file("messages"))
        output = run(self.openloop, str(port), str(connections), f"{rate:.1f}", str(seconds), str(request.status), self.file("messages"))
        answers, failures, refused, unanswered, *microseconds = output.split()
        self.refused += int(refused)
        self.unknown += int(refused)
        if int(failures) or int(unanswered) or not microseconds:
            raise Failed(f"{request.method} {request.paths[0]}: {answers} answers with {request.status}, {failures} with others, "
                         f"{refused} refusals, {unanswered} missing")
        *at_nines, median, _ = (float(value) / 1000 for value in microseconds)
        return int(answers), Percentiles(at_nines, median)

    def pgbench(self, postgres, tenant, connections, seconds, rate=None, script="insert.sql"):
        """The insert of a create or the update of a report, committed. Returns rows, how many a second, and at a rate their Percentiles."""
        variables = {**json.loads(BODY), "tenant_id": tenant, "prefix": f"{time.time_ns() // 1_000_000:012x}", "count": FIRST_COUNT}
        command = [f"{postgres.bin}/pgbench", "-n", "-M", "prepared", "-h", "127.0.0.1", "-p", str(postgres.port), "-U", "ember",
                   "-f", self.file(script), "-c", str(connections), "-j", str(min(connections, os.cpu_count())),
                   "-T", str(seconds)]
        for name, value in variables.items():
            command += ["-D", f"{name}={value}"]
        if rate:
            command += ["--rate", f"{rate:.1f}", "--log", "--log-prefix", self.file("transactions")]
        output = run(*command, "postgres")
        if re.search("failed transactions: [1-9]", output):
            raise Failed("pgbench met failures:\n" + output)
        rows = int(re.search(r"actually processed: (\d+)", output)[1])
        # It connects within its time, too.
        if not rows and seconds <= LONGEST:
            return self.pgbench(postgres, tenant, connections, 2 * seconds, rate, script)
        percentiles = Percentiles.of(self.transactions()) if rate else None
        return rows, float(re.search(r"tps = ([\d.]+)", output)[1]), percentiles

    def transactions(self):
        """Milliseconds of each transaction in pgbench's logs, from when it was due; the logs are removed."""
        for name in glob.glob(self.file("transactions.*")):
            with open(name) as log:
                yield from (int(line.split()[2]) / 1000 for line in log)
            os.remove(name)


def run(*command):
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "LC_ALL": "C.UTF-8"})
    if done.returncode:
        raise Failed(f"{os.path.basename(command[0])} failed:\n{done.stdout}{done.stderr}")
    return done.stdout
