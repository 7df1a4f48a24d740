"""Deployments for e2e/board: a fleet with failures and hanging servers, hostile texts, and a large tenant."""
import json
import urllib.parse
import urllib.request

SERVERS, DEPLOYMENTS_EACH = 10_000, 5

# A tenth of the servers has a failure, and some have been in progress for hours.
LARGE = """
    insert into software_deployment (id, tenant_id, config_id, server_id, action, status, created_status, status_reason,
     created_at, updated_at)
    select gen_random_uuid(), '{tenant}', '8da95794-2ad9-4979-8ae5-739ce314c5cd', 'server-' || lpad(s::text, 5, '0'), 'CREATE', status,
     status, 'Outputs received', now() - age, now() - age
    from generate_series(1, {servers}) s, generate_series(1, {each}) d,
     lateral (select case when d = 1 and s % 10 = 0 then 'FAILED' when d = 1 and s % 7 = 0 then 'IN_PROGRESS' else 'COMPLETE' end as status,
      make_interval(mins => s % 300) as age) v;
    insert into tenant (id) values ('{tenant}') on conflict do nothing;
    analyze software_deployment
"""

STDOUT = ("""\
[2026-11-28 09:14:02] ensure package nginx 1.22.1
[2026-11-28 09:14:09] installed
[2026-11-28 09:14:09] write /etc/nginx/conf.d/app.conf
[2026-11-28 09:14:10] reload nginx
""")
STDERR = """\
nginx: bind() to 0.0.0.0:443 failed (98: Address already in use)
nginx: configuration file /etc/nginx/nginx.conf test failed
"""

CONFIG = {
    "name": "nginx", "group": "script",
    "config": "#!/bin/sh\nset -e\napt-get install -y nginx\ncat > /etc/nginx/conf.d/app.conf <<EOF\nserver { listen $port; }\nEOF\nnginx -s reload\n",
    "inputs": [{"name": "port", "type": "Number", "default": 443}],
    "outputs": [{"name": "address", "type": "String"}],
}

# Each must be shown as text: it is neither interpreted nor does it change the layout or the direction of other text.
HOSTILE = {
    "markup": "<img src=x onerror=alert(1)><script>document.title='owned'</script></pre>&lt;b&gt;",
    "bidirectional": "safe\u202egnp.exe\u202c \u2066\u200f\u2069 \u05e9\u05dc\u05d5\u05dd",
    "control": "bell\u0007 escape\u001b[31m delete\u007f \u0085 line\u2028separator\r\n\ttab",
    "emoji": "👩‍👩‍👧‍👦 🏳️‍🌈 é e\u0301 " + "z\u0351\u0352\u0353\u0354\u0355" * 5,
    "template": "${7*7} {{7*7}} javascript:alert(1) \" ' ` --><!-- ]]>",
}
LONG = "x" * 65_535


class Api:
    """Requests to the API of a tenant."""

    def __init__(self, port, tenant, headers={}):
        self.root, self.headers = f"http://127.0.0.1:{port}/v1/{tenant}", headers

    def send(self, method, path, body=None):
        request = urllib.request.Request(self.root + path, None if body is None else json.dumps(body).encode(),
                                         {"Content-Type": "application/json", **self.headers}, method=method)
        with urllib.request.urlopen(request, timeout=60) as response:
            text = response.read()
            return json.loads(text) if text else None

    def create(self, server, config="8da95794-2ad9-4979-8ae5-739ce314c5cd", action="CREATE", **fields):
        body = {"server_id": server, "config_id": config, "action": action, **fields}
        return self.send("POST", "/software_deployments", body)["software_deployment"]["id"]

    def update(self, deployment, **fields):
        self.send("PUT", f"/software_deployments/{deployment}", fields)

    def delete(self, deployment):
        self.send("DELETE", f"/software_deployments/{deployment}")

    def config(self, **fields):
        return self.send("POST", "/software_configs", fields)["software_config"]["id"]

    def poll(self, server):
        """Polls as an agent. The service stores it after some seconds."""
        self.send("GET", f"/software_deployments/metadata/{urllib.parse.quote(server, safe='')}")


def create_fleet(api, postgres, tenant):
    """Creates some servers: complete, failed, in progress, and stuck for two hours. Returns the id of a failed deployment."""
    config = api.config(**CONFIG)
    for number in range(1, 13):
        for action in ("CREATE", "UPDATE"):
            api.create(f"web-{number:02}.example", config, action, status="COMPLETE", status_reason="Outputs received",
                       input_values={"port": 443})
        api.poll(f"web-{number:02}.example")
    failed = api.create("web-03.example", config, "UPDATE", input_values={"port": 443, "names": ["a.example", "b.example"]})
    api.update(failed, status_reason="Waiting for the agent")
    api.update(failed, status="FAILED", status_reason="deploy_status_code : Deployment exited with non-zero status code: 1",
               output_values={"deploy_stdout": STDOUT, "deploy_stderr": STDERR, "deploy_status_code": 1, "address": "192.0.2.17"})
    api.create("db-01.example", config, status="IN_PROGRESS", status_reason="Deploy data available")
    stuck = api.create("db-02.example", config, status="IN_PROGRESS", status_reason="Deploy data available")
    postgres.query(f"update software_deployment set updated_at = now() - interval '2 hours', created_at = now() - interval '3 hours'"
                   f" where tenant_id = '{tenant}' and id = '{stuck}'")
    return failed


def create_hostile(api):
    """Creates a server for each hostile text, which is its id, action, reason, input, output and the name of its config."""
    found = {}
    for name, text in HOSTILE.items():
        config = api.config(name=text[:255], group="script", config=text * 3, options={text[:50]: text})
        deployment = api.create(text[:255], config, text[:255], status_reason=text, input_values={text: text})
        api.update(deployment, status="FAILED", output_values={"deploy_stdout": text * 20, text: {text: [text, None, 1]}})
        found[name] = deployment
    found["long"] = api.create("y" * 255, action="A" * 255, status="FAILED", status_reason=LONG, input_values={"k" * 300: LONG})
    api.update(found["long"], output_values={"deploy_stdout": LONG, "deploy_stderr": "line\n" * 13_107})
    return found


def create_large(postgres, tenant):
    postgres.query(LARGE.format(tenant=tenant, servers=SERVERS, each=DEPLOYMENTS_EACH))
