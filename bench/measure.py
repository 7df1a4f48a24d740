"""
The measurement: the operations, the rows, and the rounds. Each round measures all subjects for a short time, so that changes of the
machine affect all of them.
"""
import json
import random
import sys
import time
from dataclasses import dataclass, field

from generators import UPDATED_ROWS, Failed, Percentiles, Request, report
from subjects import LIMIT, database_time

TENANTS, CONFIGS = 1000, 20
LATENCY_LOAD = 0.7
SAMPLES = 500
DEPLOYMENT = "('01900000-0000-7000-8000-' || lpad(to_hex({}), 12, '0'))::uuid"
# The created rows among those that fill() has inserted. The ids of inserted rows have an earlier time.
CREATED_AMONG_FILLED = "tenant_id like 'tenant-%' and id > '01910000-0000-7000-8000-000000000000'"
# The number of a tenant, from 0 to 999. The first tenant has a tenth of all servers, the last one 0.03 %.
TENANT = f"floor({TENANTS} * power(((server * 2654435761) % 1000003) / 1000003.0, 3))::bigint"
FILL_UPDATES = f"""
    insert into software_deployment (id, tenant_id, config_id, server_id, action, status, status_reason, created_at, updated_at)
    select ('01900000-0000-7000-8001-' || lpad(to_hex(row), 12, '0'))::uuid, 'updates', '8da95794-2ad9-4979-8ae5-739ce314c5cd',
           's' || row / {CONFIGS}, 'CREATE', 'IN_PROGRESS', 'Deploy data available', now(), now()
    from generate_series(0, {UPDATED_ROWS} - 1) as row"""
FILL_CONFIGS = f"""
    insert into software_config (id, tenant_id, name, group_name, config, inputs, outputs, options, created_at)
    select '01900000-0000-7000-9000-' || lpad(to_hex(number), 12, '0'), 'tenant-' || number / {CONFIGS},
           'config-' || number % {CONFIGS}, 'script', to_json(repeat('echo of a script' || chr(10), 20)),
           '[{{"name": "input", "type": "String"}}]', '[{{"name": "result", "type": "String"}}]', '{{}}', now()
    from generate_series(0, {TENANTS * CONFIGS - 1}) as number"""
FILL_DEPLOYMENTS = f"""
    insert into software_deployment (id, tenant_id, config_id, server_id, action, status, status_reason, created_at, updated_at)
    select {DEPLOYMENT.format("number")}, 'tenant-' || tenant,
           '01900000-0000-7000-9000-' || lpad(to_hex(tenant * {CONFIGS} + number / {{servers}}), 12, '0'),
           'ec14c864-096e-4e27-bb8a-' || lpad(to_hex(server), 12, '0'), 'CREATE', 'IN_PROGRESS', 'Deploy data available',
           created_at, created_at
    from generate_series(0, {{rows}} - 1) as number, lateral (select number % {{servers}}) as a (server),
         lateral (select {TENANT}, timestamptz '2024-06-01' + number * interval '1 millisecond') as b (tenant, created_at)"""
# Random rows, and whether their tenant has a full page.
SAMPLE = """
    select tenant_id, id, server_id,
           20 = (select count(*) from (select from software_deployment where tenant_id = d.tenant_id limit 20) page)
    from software_deployment d where id in ({ids})"""


@dataclass
class Case:
    """An operation over a number of connections, and the subjects that it is measured with."""

    name: str
    connections: int
    request: object  # A function that takes the subject.
    subjects: list = field(default_factory=list)
    script: str = "insert.sql"  # The script of pgbench for the same operation.

    @property
    def creates(self):
        return self.script == "insert.sql"


@dataclass
class Sample:
    """One measurement: requests/s, CPU time of service and database per request in microseconds, and Percentiles."""

    throughput: float
    service_us: float
    database_us: float
    percentiles: Percentiles


@dataclass
class Rows:
    """Paths of random deployments, pages and metadata. They are the same in every run."""

    shows: list
    pages: list
    metadata: list


def fill(postgres, rows, tell=lambda what: None, project=None):
    """
    Inserts deployments of a thousand tenants, 20 for each server. Drops the indexes before and creates them after, which is faster.
    If there is a project, it becomes the stack_user_project_id of all deployments.
    """
    definitions = postgres.query("select indexdef from pg_indexes where tablename = 'software_deployment' and indexname not like '%pkey'")
    names = postgres.query("select indexname from pg_indexes where tablename = 'software_deployment' and indexname not like '%pkey'")
    tell(f"filling {rows:,} deployments")
    if names:
        postgres.query("drop index " + ", ".join(names.split()))
    postgres.query(FILL_CONFIGS)
    postgres.query(FILL_UPDATES)
    if project:
        postgres.query(f"alter table software_deployment alter column stack_user_project_id set default '{project}'")
    postgres.query(FILL_DEPLOYMENTS.format(rows=rows, servers=max(1, rows // CONFIGS)))
    if project:
        postgres.query("alter table software_deployment alter column stack_user_project_id drop default")
        postgres.query(f"insert into stack_user_tenant select distinct '{project}', tenant_id from software_deployment"
                       " where stack_user_project_id is not null on conflict do nothing")
    for definition in definitions.splitlines():
        postgres.query("set maintenance_work_mem = '512MB'; " + definition)
    for command in ("vacuum analyze software_deployment", "vacuum analyze software_config", "checkpoint"):
        postgres.query(command)
    return samples(postgres, rows)


def samples(postgres, rows):
    numbers = random.Random(1).sample(range(rows), SAMPLES)
    ids = ", ".join(DEPLOYMENT.format(number) for number in numbers)

    found = [line.split("|") for line in postgres.query(SAMPLE.format(ids=ids)).splitlines()]
    return Rows([f"/v1/{tenant}/software_deployments/{row}" for tenant, row, _, _ in found],
                [f"/v1/{tenant}/software_deployments?limit=20" for tenant, _, _, full in found if full == "t"],
                [f"/v1/{tenant}/software_deployments/metadata/{server}" for tenant, _, server, _ in found])


def check_rows(rows, subject):
    """Checks that a page has 20 deployments, and that a server has 20 configs."""
    for path, name in ((rows.pages[0], "software_deployments"), (rows.metadata[0], "metadata")):
        status, _, body = subject.ask(path)
        if status != 200 or len(json.loads(body)[name]) != 20:
            raise Failed(f"GET {path} does not return 20 items")


def measure_once(generators, case, subject, seconds):
    """Measures at full speed, and then at 70 % of that throughput for the percentiles."""
    postgres, request = subject.postgres, None if subject.name == LIMIT else case.request(subject)
    unknown = generators.unknown
    service, database = subject.cpu_time(), database_time(postgres)
    if request:
        responses, throughput = generators.closed(subject.port, request, case.connections, seconds)
    else:
        responses, throughput, _ = generators.pgbench(postgres, subject.tenant, case.connections, seconds, script=case.script)
    service, database = subject.cpu_time() - service, database_time(postgres) - database
    if request:
        at_rate, percentiles = generators.open(subject.port, request, case.connections, throughput * LATENCY_LOAD, seconds)
    else:
        at_rate, _, percentiles = generators.pgbench(postgres, subject.tenant, case.connections, seconds, throughput * LATENCY_LOAD,
                                                     case.script)
    if case.creates:
        count_created(subject, request, responses + at_rate, generators.unknown - unknown)
    return Sample(throughput, service / responses, database / responses, percentiles)


def count_created(subject, request, acknowledged, unknown):
    if not request or request.method == "POST":
        subject.created += acknowledged
        subject.unknown += unknown


def warm_up(generators, cases, seconds):
    for case in cases:
        for subject in case.subjects:
            if subject.name != LIMIT:
                request, unknown = case.request(subject), generators.unknown
                responses, _ = generators.closed(subject.port, request, case.connections, seconds)
                count_created(subject, request, responses, generators.unknown - unknown)


def settle(case):
    """Completes background work of the previous case, such as the vacuum after a million creates.

    After a checkpoint, PostgreSQL reuses its WAL files, as any server does that is not new. A new WAL file delays all commits by 20
    to 50 ms. One file has 16 MB, which about 14,000 creates fill.
    """
    for postgres in {subject.postgres for subject in case.subjects}:
        postgres.query("vacuum analyze software_deployment")
        postgres.query("checkpoint")


def measure_rounds(generators, cases, rounds, seconds):
    """Returns the samples by case and name of the subject. The order of the subjects changes with each round."""
    results = {case.name: {subject.name: [] for subject in case.subjects} for case in cases}
    for number in range(rounds):
        print(f"round {number + 1} of {rounds}", file=sys.stderr)
        for case in cases:
            settle(case)
            first = number % len(case.subjects)
            for subject in case.subjects[first:] + case.subjects[:first]:
                results[case.name][subject.name].append(measure_once(generators, case, subject, seconds))
                time.sleep(0.2)
    return results


def check_stored(subjects):
    """Checks that each acknowledged create is stored, and that there are no other rows."""
    for subject in subjects:
        stored = int(subject.postgres.query(f"select count(*) from software_deployment where {subject.created_rows}"))
        if not subject.created <= stored <= subject.created + subject.unknown:
            raise Failed(f"{subject.name}: {subject.created} creates were acknowledged, {subject.unknown} had an unknown result, "
                         f"but {stored} are stored")


def reads(rows, connections):
    """Returns the cases that read, without their subjects."""
    return [Case("show", connections, lambda subject: Request("GET", rows.shows)),
            Case("page of 20", connections, lambda subject: Request("GET", rows.pages)),
            Case("metadata of 20", connections, lambda subject: Request("GET", rows.metadata))]


def unchanged(rows, subject, connections):
    """Returns the case of unchanged metadata, or None if the service returns no ETag."""
    path = rows.metadata[0]
    etag = subject.ask(path)[1]["ETag"]
    if not etag:
        return None
    return Case("metadata, 304", connections, lambda _: Request("GET", [path], status=304, If_None_Match=etag))


def updates(subjects, connections):
    """Returns the case of an agent's report, and of the same update with pgbench."""
    return Case("update", connections, lambda _: report(), subjects, script="update.sql")
