"""A standby of the scratch PostgreSQL, and PgBouncer. For the scripts in e2e/."""
import os
import shutil
import subprocess
import time

from scratch import AS_POSTGRES, Postgres, free_port, install

SERVER_CONNECTIONS = 4


class Node(Postgres):
    """A primary, or a standby that replicates a primary."""

    def __init__(self, directory, primary=None):
        self.primary = primary
        super().__init__(directory)

    def make(self):
        if not self.primary:
            return super().make()
        copy = ["-R", "-c", "fast", "-h", "127.0.0.1", "-p", str(self.primary.port), "-U", "ember"]
        return self.run("pg_basebackup", *copy)

    def follow(self, primary):
        """Rebuilds this server as a standby. A killed primary may have commits that the new primary does not have."""
        self.primary = primary
        shutil.rmtree(self.data)
        self.make()
        self.start()


def synchronous(primary, wanted):
    primary.query(f"alter system set synchronous_standby_names = '{'*' if wanted else ''}'")
    primary.query("select pg_reload_conf()")
    until = time.monotonic() + 20
    while wanted and primary.query("select count(*) from pg_stat_replication where sync_state = 'sync'") != "1\n":
        if time.monotonic() > until:
            raise SystemExit("The standby does not replicate the primary")
        time.sleep(0.05)


def promote(standby):
    standby.run("pg_ctl", "-w", "promote")
    # Without this, commits would wait for a standby that does not exist yet.
    synchronous(standby, False)


class PgBouncer:
    """PgBouncer in transaction mode, with fewer connections to PostgreSQL than it accepts from clients."""

    def __init__(self, directory, postgres):
        install("pgbouncer", "pgbouncer")
        self.port = free_port()
        self.configuration = os.path.join(directory, "pgbouncer.ini")
        with open(self.configuration, "w") as f:
            f.write(f"""[databases]
postgres = host=127.0.0.1 port={postgres.port} user=ember
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {self.port}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = {SERVER_CONNECTIONS}
ignore_startup_parameters = extra_float_digits
""")
        if AS_POSTGRES:
            shutil.chown(self.configuration, "postgres")
        self.start()

    def start(self):
        self.process = subprocess.Popen(AS_POSTGRES + ["pgbouncer", "-q", self.configuration], stderr=subprocess.DEVNULL)
        time.sleep(1)

    @property
    def url(self):
        return f"jdbc:postgresql://127.0.0.1:{self.port}/postgres?prepareThreshold=0"

    def stop(self):
        self.process.terminate()
        self.process.wait(10)
