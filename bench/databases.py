"""A standby of the scratch PostgreSQL, a restored copy of it, and PgBouncer. For the scripts in e2e/."""
import datetime
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


class Archiving(Postgres):
    """A server that archives its write-ahead log, at least once a second while something is written."""

    def __init__(self, directory, archive):
        command = f"'test ! -f {archive}/%f && cp %p {archive}/%f'"
        super().__init__(directory, archive_mode="on", archive_command=command, archive_timeout="1s")

    def back_up(self, directory):
        """Copies the running server to a new directory, and verifies the copy."""
        source = ["-h", "127.0.0.1", "-p", str(self.port), "-U", "ember"]
        for command in [[f"{self.bin}/pg_basebackup", "-D", directory, "-c", "fast", *source],
                        [f"{self.bin}/pg_verifybackup", "-q", directory]]:
            subprocess.run(AS_POSTGRES + command, check=True, cwd="/")

    def await_archived(self, seconds=30):
        """Waits until all that is written is archived."""
        segment = self.query("select pg_walfile_name(pg_current_wal_insert_lsn())").strip()
        until = time.monotonic() + seconds
        while self.query(f"select last_archived_wal >= '{segment}' from pg_stat_archiver") != "t\n":
            if time.monotonic() > until:
                raise SystemExit(f"The write-ahead log is not archived after {seconds} s")
            time.sleep(0.1)


class Restored(Postgres):
    """A new server with the state that another one had at a time, in seconds since 1970."""

    def __init__(self, directory, backup, archive, moment):
        self.backup = backup
        text = datetime.datetime.fromtimestamp(moment, datetime.timezone.utc).isoformat(" ", "microseconds")
        super().__init__(directory, restore_command=f"'cp {archive}/%f %p'", recovery_target_time=f"'{text}'",
                         recovery_target_action="promote")

    def make(self):
        for command in [["cp", "-a", self.backup, self.data], ["touch", self.data + "/recovery.signal"]]:
            subprocess.run(AS_POSTGRES + command, check=True, cwd="/")

    def start(self):
        super().start()
        until = time.monotonic() + 60
        while self.query("select pg_is_in_recovery()") != "f\n":
            if time.monotonic() > until:
                raise SystemExit("The restored server does not accept changes after 60 s")
            time.sleep(0.05)


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
