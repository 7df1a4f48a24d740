"""The load generators: wrk at full speed, openloop.c at a given rate, and pgbench in both ways for the database alone."""
import glob
import json
import os
import re
import statistics
import subprocess
import time
import uuid

from scratch import BODY, install

# The same values as BODY. The id has 12 hexadecimal digits of the time, a 7, a counter and a random number. pgbench counts in
# decimal digits, which are hexadecimal digits too.
INSERT = r"""\set count :count + 1
\set chance random(100000000, 999999999)
insert into software_deployment (action, config_id, created_at, input_values, output_values, server_id,
    stack_user_project_id, status, status_reason, tenant_id, updated_at, id)
values (:action, :config_id, now(), cast(null as json), cast(null as json), :server_id, null, :status, :status_reason,
    :tenant_id, now(), (:prefix::text || '7' || :count::text || :chance::text)::uuid);
"""
COUNT_REJECTIONS = """
local threads = {}
rejected, failure = 0, ""
function setup(thread) table.insert(threads, thread) end
function response(status, headers, body)
  if status == 503 then rejected = rejected + 1 elseif status > 399 then failure = status .. " " .. body end
end
function done()
  io.write("Rejected: " .. threads[1]:get("rejected") .. "\\n" .. threads[1]:get("failure") .. "\\n")
end
"""
FIRST_COUNT = 1_000_000_000
# openloop.c replaces the digits with another number in each request.
UNIQUE = "unique-" + "0" * 20
# A report of an agent, and the same update in SQL for the rows of FILL_UPDATES.
REPORT = b'{"status": "COMPLETE", "output_values": {"deploy_stdout": "done", "deploy_status_code": 0}}'
UPDATE = r"""\set row random(0, {last})
update software_deployment set status = 'COMPLETE',
    output_values = '{{"deploy_stdout": "done", "deploy_status_code": 0}}'::json, updated_at = now(), version = version + 1
where tenant_id = 'updates' and id = ('01900000-0000-7000-8001-' || lpad(to_hex(:row::bigint), 12, '0'))::uuid;
"""
UPDATED_ROWS = 2_000
# The percentiles that openloop.c prints, in nines: 1 is 90 %, 2 is 99 %.
NINES = [quarter / 4 for quarter in range(13)]
# A measurement without a response is repeated for twice the time, up to this number of seconds. The machine may be busy.
LONGEST = 20
HERE = os.path.dirname(os.path.abspath(__file__))


class Failed(Exception):
    """A measurement failed, for example because of a wrong or missing response."""


class Request:
    """
    A request: a method, one or more paths of which one is picked at random each time, and the expected status. unique is the name
    of a header that has another value in each request. In order, wrk takes each path once. Without wrk, openloop.c sends the
    requests at full speed too: wrk waits for a body that a response to HEAD does not have.
    """

    def __init__(self, method, paths, body=None, status=200, unique=None, in_order=False, wrk=True, **headers):
        self.method, self.paths, self.body, self.status, self.unique = method, paths, body, status, unique
        self.in_order, self.wrk = in_order, wrk
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}
        if body:
            self.headers["Content-Type"] = "application/json"

    def write_script(self, name, counting):
        """Writes a script for wrk. Counting distinguishes 503 from other failures, and uses CPU time in wrk."""
        with open(name, "w") as file:
            file.write(f"wrk.method = {json.dumps(self.method)}\n")
            if self.body:
                file.write(f"wrk.body = [[{self.body.decode()}]]\n")
            for header, value in self.headers.items():
                file.write(f"wrk.headers[{json.dumps(header)}] = {json.dumps(value)}\n")
            paths = "" if self.in_order else ", ".join(json.dumps(path) for path in self.paths)
            file.write(f"local paths, requests = {{{paths}}}, {{}}\n")
            if self.in_order:
                # A function in Lua cannot have that many constants.
                with open(name + ".paths", "w") as paths:
                    paths.write("\n".join(self.paths))
                file.write(f"local number = 0\nfunction init()\n for path in io.lines({json.dumps(name + '.paths')}) do"
                           " requests[#requests + 1] = wrk.format(nil, path) end\nend\n"
                           "function request()\n number = number % #requests + 1\n return requests[number]\nend\n")
            elif self.unique:
                file.write(f"local number = 0\nfunction request()\n number = number + 1\n"
                           f" wrk.headers[{json.dumps(self.unique)}] = '{uuid.uuid4()}-' .. number\n"
                           " return wrk.format(nil, paths[math.random(#paths)])\nend\n")
            else:
                file.write("function init()\n for i, path in ipairs(paths) do requests[i] = wrk.format(nil, path) end\nend\n"
                           "function request()\n return requests[math.random(#requests)]\nend\n")
            if counting:
                file.write(COUNT_REJECTIONS)

    def write_messages(self, name):
        """Writes the requests for openloop.c."""
        headers = {**self.headers, **({self.unique: UNIQUE} if self.unique else {})}
        with open(name, "wb") as file:
            for path in self.paths:
                request = message(self.method, path, self.body, headers)
                file.write(f"{len(request)}\n".encode() + request)


def message(method, path, body, headers):
    """Returns the bytes of a request."""
    fields = {"Host": "localhost", **headers}
    if body:
        fields["Content-Length"] = len(body)
    lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in fields.items())]
    return "\r\n".join([*lines, "", ""]).encode() + (body or b"")


def creation(tenant, **headers):
    return Request("POST", [f"/v1/{tenant}/software_deployments"], BODY, **headers)


def report():
    return Request("PUT", [f"/v1/updates/software_deployments/01900000-0000-7000-8001-{row:012x}" for row in range(UPDATED_ROWS)],
                   REPORT)


class Percentiles:
    """Latencies in milliseconds: at each of NINES, and the median."""

    def __init__(self, at_nines, median):
        self.at_nines, self.p50 = at_nines, median
        self.p99, self.p999 = at_nines[8], at_nines[12]

    @staticmethod
    def of(milliseconds):
        ordered = sorted(milliseconds)
        return Percentiles([ordered[int((1 - 10 ** -nines) * (len(ordered) - 1))] for nines in NINES], statistics.median(ordered))


class Generators:
    """The load generators, with their files in a directory.

    rejected is the number of responses with 503, from an overloaded service. wrk distinguishes them from other failures only if
    counting is true, and then prints one of the other failures. unknown is the number of requests that may or may not have had an
    effect: rejected requests, and requests that are in flight when wrk stops.
    """

    def __init__(self, directory, counting=False):
        self.counting, self.rejected, self.unknown = counting, 0, 0
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
        """Each connection sends a request after each response. Returns the number of expected responses, and the requests/s."""
        if not request.wrk:
            responses, _ = self.open(port, request, connections, 0, seconds)
            return responses, responses / seconds
        request.write_script(self.file("wrk.lua"), self.counting)
        output = run("wrk", "-t", "1", "-c", str(connections), "-d", f"{seconds}s", "--timeout", "30s",
                     "-s", self.file("wrk.lua"), f"http://127.0.0.1:{port}")
        failures = int((re.search(r"Non-2xx or 3xx responses: (\d+)", output) or [0, 0])[1])
        rejected = int((re.search(r"Rejected: (\d+)", output) or [0, failures])[1])
        requests = int(re.search(r"(\d+) requests in", output)[1])
        self.rejected += rejected
        self.unknown += rejected + connections
        if "Socket errors" in output or failures > rejected or failures == requests and seconds > LONGEST:
            raise Failed(f"{request.method} {request.paths[0]} failed:\n{output}")
        if failures == requests:
            return self.closed(port, request, connections, 2 * seconds)
        responses = requests - failures
        return responses, float(re.search(r"Requests/sec:\s+([\d.]+)", output)[1]) * responses / requests

    def open(self, port, request, connections, rate, seconds):
        """Sends requests at a rate. Returns the number of expected responses, and their Percentiles."""
        request.write_messages(self.file("messages"))
        output = run(self.openloop, str(port), str(connections), f"{rate:.1f}", str(seconds), str(request.status), self.file("messages"))
        responses, failures, rejected, missing, *microseconds = output.split()
        self.rejected += int(rejected)
        self.unknown += int(rejected)
        if int(failures) or int(missing) or not microseconds:
            raise Failed(f"{request.method} {request.paths[0]}: {responses} responses with {request.status}, {failures} with another status, "
                         f"{rejected} rejected, {missing} missing")
        *at_nines, median, _ = (float(value) / 1000 for value in microseconds)
        return int(responses), Percentiles(at_nines, median)

    def pgbench(self, postgres, tenant, connections, seconds, rate=None, script="insert.sql"):
        """
        Commits the insert of a create or the update of a report. Returns the number of rows, the rows/s, and the Percentiles if there
        is a rate.
        """
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
            raise Failed("Transactions of pgbench failed:\n" + output)
        rows = int(re.search(r"actually processed: (\d+)", output)[1])
        # The time of pgbench includes its connects.
        if not rows and seconds <= LONGEST:
            return self.pgbench(postgres, tenant, connections, 2 * seconds, rate, script)
        percentiles = Percentiles.of(self.transactions()) if rate else None
        return rows, float(re.search(r"tps = ([\d.]+)", output)[1]), percentiles

    def transactions(self):
        """Yields the milliseconds of each transaction in the logs of pgbench, from the time when it was due. Removes the logs."""
        for name in glob.glob(self.file("transactions.*")):
            with open(name) as log:
                yield from (int(line.split()[2]) / 1000 for line in log)
            os.remove(name)


def run(*command):
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "LC_ALL": "C.UTF-8"})
    if done.returncode:
        raise Failed(f"{os.path.basename(command[0])} failed:\n{done.stdout}{done.stderr}")
    return done.stdout
