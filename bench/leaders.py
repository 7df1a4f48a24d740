"""Looks for two leaders at the same time: asks each PostgreSQL, and commits at those that say they are the primary. For e2e/patroni."""
import collections
import os
import select
import subprocess
import threading
import time

PAUSE = 0.1
# Seconds until psql connects, and until a statement returns.
PATIENCE = 2
END = "end of the result"
TABLE = "create table if not exists leader_probe (member text, number int, timeline int, primary key (member, number))"
# The first eight digits of the name of a WAL file are the timeline. Each promotion begins a new one.
INSERT = ("insert into leader_probe select '{}', {}, ('x' || left(pg_walfile_name(pg_current_wal_lsn()), 8))::bit(32)::int"
          " returning timeline")

# An acknowledged commit, and what a member said about itself. The times are in seconds.
Commit = collections.namedtuple("Commit", "member number timeline begun ended")
Sample = collections.namedtuple("Sample", "is_primary begun ended")


class NoResult(Exception):
    """The connection failed, or there was no result in time."""


class Session:
    """A psql. When it is killed, its statement goes on: a cancelled wait for the standby would acknowledge a commit."""

    def __init__(self, postgres):
        command = [f"{postgres.bin}/psql", "-XAtq", "-h", "127.0.0.1", "-p", str(postgres.port), "-U", "ember", "-d", "postgres"]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, bufsize=0,
                                        env={**os.environ, "PGCONNECT_TIMEOUT": str(PATIENCE)})

    def query(self, sql):
        """Returns the result as text. It is empty if the statement failed."""
        until, output = time.monotonic() + PATIENCE, b""
        try:
            self.process.stdin.write(f"{sql};\n\\echo {END}\n".encode())
            while not output.endswith(f"{END}\n".encode()):
                if not select.select([self.process.stdout], [], [], max(0, until - time.monotonic()))[0]:
                    raise NoResult
                data = os.read(self.process.stdout.fileno(), 4_096)
                if not data:
                    raise NoResult
                output += data
        except OSError as e:
            raise NoResult from e
        return output.decode().removesuffix(END + "\n").strip()

    def close(self):
        self.process.kill()
        self.process.communicate()


class Probe(threading.Thread):
    """Asks one member until it is stopped."""

    def __init__(self, member):
        super().__init__(daemon=True)
        self.member = member
        self.samples, self.commits = [], []
        self.number = 0
        self.stopped = threading.Event()

    def run(self):
        session = None
        while not self.stopped.wait(PAUSE):
            session = session or Session(self.member)
            try:
                self.ask(session)
            except NoResult:
                session.close()
                session = None
        if session:
            session.close()

    def ask(self, session):
        begun, is_primary = time.monotonic(), False
        try:
            is_primary = session.query("select not pg_is_in_recovery()") == "t"
        finally:
            self.samples.append(Sample(is_primary, begun, time.monotonic()))
        if is_primary:
            self.number += 1
            begun = time.monotonic()
            timeline = session.query(INSERT.format(self.member.name, self.number))
            if timeline:
                self.commits.append(Commit(self.member.name, self.number, int(timeline), begun, time.monotonic()))


class Probes:
    """Asks all members during the block."""

    def __init__(self, members, leader):
        leader.query(TABLE)
        self.probes = [Probe(member) for member in members]

    def __enter__(self):
        for probe in self.probes:
            probe.start()
        return self

    def __exit__(self, *_):
        for probe in self.probes:
            probe.stopped.set()
        for probe in self.probes:
            probe.join()

    @property
    def commits(self):
        return [commit for probe in self.probes for commit in probe.commits]

    def lost(self, leader):
        """Returns a sentence for each acknowledged commit that the last leader does not have."""
        stored = set(leader.query("select concat(member, ' ', number) from leader_probe").splitlines())
        return [f"lost: {commit}" for commit in self.commits if f"{commit.member} {commit.number}" not in stored]

    def seconds_with_two(self):
        """Returns how long two members said that they were the primary."""
        return together([periods(probe.samples) for probe in self.probes])


def split_brain(commits):
    """
    Returns a sentence for each commit that shows two leaders. On a timeline, only one member may commit. No commit may begin after
    the first commit on a later timeline was acknowledged.
    """
    found, firsts = [], {}
    for commit in sorted(commits, key=lambda commit: commit.ended):
        first = firsts.setdefault(commit.timeline, commit)
        if commit.member != first.member:
            found.append(f"{commit.member} and {first.member} committed on timeline {commit.timeline}")
        for timeline, later in firsts.items():
            if timeline > commit.timeline and commit.begun > later.ended:
                found.append(f"{commit.member} committed on timeline {commit.timeline} after {later.member} did on timeline {timeline}")
    return found


def periods(samples):
    """Returns the times in which a member said again and again that it was the primary."""
    found, begun, ended = [], None, None
    for sample in [*samples, Sample(False, 0, 0)]:
        if sample.is_primary:
            begun, ended = begun or sample.ended, sample.begun
        elif begun:
            found.append((begun, max(begun, ended)))
            begun = None
    return found


def together(periods_of_members):
    """Returns the seconds in which the periods of two members overlap."""
    ordered = sorted(period for periods_of_member in periods_of_members for period in periods_of_member)
    total, last = 0.0, float("-inf")
    for begun, ended in ordered:
        total += max(0.0, min(last, ended) - begun)
        last = max(last, ended)
    return total


# ---- The check of the check

def self_test():
    """Checks that split_brain() accepts correct histories and detects each kind of incorrect one. Returns the number of histories."""
    def commits(*rows):
        return [Commit(member, number, timeline, begun, ended) for number, (member, timeline, begun, ended) in enumerate(rows)]
    correct = {
        "one leader": commits(("a", 1, 0, 1), ("a", 1, 1, 2)),
        "a failover": commits(("a", 1, 0, 1), ("b", 2, 5, 6), ("b", 2, 6, 7)),
        "a failover and back": commits(("a", 1, 0, 1), ("b", 2, 5, 6), ("a", 3, 8, 9)),
        "a restart of the leader": commits(("a", 1, 0, 1), ("a", 2, 5, 6)),
        "an acknowledgement that comes late": commits(("a", 1, 0, 7), ("b", 2, 5, 6)),
        "no commit": [],
    }
    incorrect = {
        "a commit of the old leader": commits(("a", 1, 0, 1), ("b", 2, 5, 6), ("a", 1, 7, 8)),
        "commits in turn": commits(("a", 1, 0, 1), ("b", 2, 1, 2), ("a", 1, 3, 4), ("b", 2, 4, 5)),
        "two leaders on one timeline": commits(("a", 1, 0, 1), ("b", 1, 1, 2)),
        "two promotions from one timeline": commits(("a", 1, 0, 1), ("b", 2, 5, 6), ("c", 2, 7, 8)),
        "the leader before the last one": commits(("a", 1, 0, 1), ("b", 2, 2, 3), ("c", 3, 4, 5), ("a", 1, 6, 7)),
    }
    for name, history in correct.items():
        assert not split_brain(history), name
    for name, history in incorrect.items():
        assert split_brain(history), f"not detected: {name}"
    a = [Sample(True, 0, 1), Sample(True, 2, 3), Sample(False, 4, 5)]
    b = [Sample(False, 0, 1), Sample(True, 1, 1.5), Sample(True, 5, 6)]
    assert together([periods(a), periods(b)]) == 0.5
    assert together([periods(a), periods([Sample(True, 3, 4), Sample(True, 8, 9)])]) == 0
    return len(correct) + len(incorrect)
