"""Writes the results as Markdown and plots: medians of the rounds, with the minimum and the maximum."""
import datetime
import os
import platform
import statistics
import subprocess

from generators import NINES
from plot import chart
from scratch import jdk
from subjects import LIMIT, version

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
DOCUMENT, PLOTS = "docs/benchmarks.md", "docs/benchmarks"
BEGIN, END = "<!-- bench/run writes from here -->", "<!-- bench/run writes to here -->"
MOST_SERIES = 3


def spread(values, form="{:,.0f}"):
    middle, least, most = (form.format(value) for value in (statistics.median(values), min(values), max(values)))
    return middle if len(values) == 1 else f"{middle} ({least} to {most})"


def table(headings, rows):
    lines = ["| " + " | ".join(headings) + " |", "|---|" + "--:|" * (len(headings) - 1)]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows])


def ratios(over, under, value=lambda sample: sample.throughput):
    """Returns the ratio of each round, so that a slow round affects both values."""
    return [value(a) / value(b) for a, b in zip(over, under)]


def cost(sample):
    return sample.service_us + sample.database_us


def milliseconds(value):
    return f"{value:.2f}" if value < 10 else f"{value:.1f}" if value < 100 else f"{value:.0f}"


class Report:
    def __init__(self, options, postgres, missing):
        self.options, self.missing = options, missing
        self.postgres = version(f"{postgres.bin}/postgres", "--version")
        # Read before the plots are written, because they would make the work tree dirty.
        self.commit = subprocess.run(["git", "-C", ROOT, "describe", "--always", "--dirty", "--exclude", "*"], capture_output=True,
                                     text=True).stdout.strip()
        self.started, self.load = datetime.datetime.now(datetime.timezone.utc), os.getloadavg()[0]
        self.results, self.memory, self.large, self.heat, self.rejected = {}, {}, {}, {}, 0

    # The environment

    def command(self):
        flags = [f"--rounds {self.options.rounds}", f"--seconds {self.options.seconds}"]
        flags += [f"--large --rows {self.options.rows}"] * bool(self.large) + ["--heat"] * bool(self.heat)
        return " ".join(["bench/run", *flags])

    def environment(self):
        with open("/proc/cpuinfo") as file:
            model = next((line.partition(":")[2].strip() for line in file if line.startswith("model name")), platform.machine())
        memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
        javas = [version(f"{jdk(major)}/bin/java", "-version") for major in (17, 25) if jdk(major)]
        lines = [
            ("command", f"`{self.command()}`"),
            ("commit", self.commit or "unknown"),
            ("when", f"{self.started:%Y-%m-%d %H:%M} UTC, load average {self.load:.1f} before and {os.getloadavg()[0]:.1f} after"),
            ("machine", f"{os.cpu_count()} × {model}, {memory / 2**30:.0f} GiB, "
                        f"Linux {platform.release()}; load, service and database share it"),
            ("versions", "; ".join([self.postgres.replace("postgres (PostgreSQL)", "PostgreSQL"), *javas, version("wrk", "-v").partition(" Copyright")[0]])),
        ]
        return table(["measured", ""], [list(line) for line in lines]) + "".join(
            [f"\n\nLeft out: {what}." for what in self.missing]
            + [f"\n\nRejected with 503, and not included in the throughput: {self.rejected} requests."] * bool(self.rejected))

    # Tables

    def targets(self):
        """Returns the table of targets: the target, the measured value, and whether it meets the target."""
        rows = []

        def row(name, target, values, form="{:.2f}", least=True):
            reached = statistics.median(values)
            met = reached >= target if least else reached <= target
            rows.append([name, ("≥ " if least else "≤ ") + form.format(target), spread(values, form), "yes" if met else "no"])

        for connections, native, java in ((32, 0.6, 0.8), (128, 0.8, 1.0)):
            series = self.results.get(f"create, {connections}", {})
            for name, samples in series.items():
                if name != LIMIT:
                    row(f"create over {connections} connections, {name}: throughput / pgbench", native if name == "native" else java,
                        ratios(samples, series[LIMIT]))
                    row(f"create over {connections} connections, {name}: p99 / p50", 4,
                        [sample.percentiles.p99 / sample.percentiles.p50 for sample in samples], "{:.1f}", least=False)
        series = self.results.get("create, 1", {})
        for name, samples in series.items():
            if name != LIMIT:
                row(f"create over 1 connection, {name}: mean time / pgbench", 2, ratios(series[LIMIT], samples), least=False)
        for case, target in (("show", 0.5), ("metadata, 304", 0.5), ("metadata of 20", 0.25)):
            for name, samples in self.results.get(case, {}).items():
                if "health" in self.results:
                    row(f"{case}, {name}: throughput / health", target, ratios(samples, self.results["health"][name]))
        for series in filter(None, [self.results.get("create with a token")]):
            without, with_token = series.values()
            row("create with a cached token: throughput / without", 0.95, ratios(with_token, without))
        for case, series in self.large.items():
            row(f"{case}: CPU time with {self.options.rows:,} deployments / 10,000", 1.3,
                ratios(series["large"], series["small"], cost), least=False)
        return table(["target", "", "reached", "met"], rows)

    @staticmethod
    def operations(results):
        rows = []
        for case, series in results.items():
            for name, samples in series.items():
                percentiles = [sample.percentiles for sample in samples]
                rows.append([
                    case, name, spread([sample.throughput for sample in samples]),
                    *(milliseconds(statistics.median(getattr(each, field) for each in percentiles)) for field in ("p50", "p99", "p999")),
                    f"{milliseconds(min(each.p99 for each in percentiles))} to {milliseconds(max(each.p99 for each in percentiles))}",
                    "–" if name == LIMIT else spread([sample.service_us for sample in samples]),
                    spread([sample.database_us for sample in samples])])
        return table(["operation", "", "requests/s", "p50 ms", "p99 ms", "p999 ms", "p99, range", "service µs", "PostgreSQL µs"], rows)

    def footprint(self):
        rows = [[name, spread(starts) + " ms", f"{resident:.0f} MiB", f"{peak:.0f} MiB"]
                for name, (starts, resident, peak) in self.memory.items()]
        return table(["", "start", "memory after the first response", "peak"], rows)

    def heat_table(self):
        return table(["Heat", ""], [[name, value] for name, value in self.heat.items()])

    # Plots

    def plots(self):
        """Returns the names of the plots and their contents."""
        found = {}
        creates = {case: series for case, series in self.results.items() if case.startswith("create, ")}
        if len(creates) > 1:
            found["creates.svg"] = self.creates(creates)
        latency = [(case, list(series.items())) for case, series in self.results.items() if case in ("create, 32", "create, 128", "show")]
        if latency:
            found["latency.svg"] = chart(
                [(f"{case}: milliseconds",
                  [(name, [(nines, statistics.median(sample.percentiles.at_nines[at] for sample in samples))
                           for at, nines in enumerate(NINES)]) for name, samples in chosen(series)]) for case, series in latency],
                "percentile in nines (1 is 90 %, 2 is 99 %, 3 is 99.9 %), at 70 % of the throughput")
        rounds = [(f"{case}: requests/s", [(name, [(at + 1, sample.throughput) for at, sample in enumerate(samples)])
                                           for name, samples in chosen(list(series.items()))])
                  for case, series in self.results.items() if case in ("create, 32", "show", "health")]
        if rounds and self.options.rounds > 1:
            found["rounds.svg"] = chart(rounds, "round")
        return found

    @staticmethod
    def creates(creates):
        names = [name for name, _ in chosen(list(next(iter(creates.values())).items()))]

        def panel(title, value):
            return title, [(name, [(int(case.split()[-1]), statistics.median(map(value, series[name])))
                                   for case, series in creates.items()]) for name in names]

        return chart([panel("creates/s", lambda sample: sample.throughput),
                      panel("p99 at 70 % of the throughput, ms", lambda sample: sample.percentiles.p99),
                      panel("CPU time of a create, µs", cost)], "connections")

    # The document

    def text(self):
        parts = [self.environment(), "## Targets", self.targets(), "## Operations",
                 "Throughput and CPU time are at full load. Latency is at 70 % of that throughput, from the time when a request was due.",
                 self.operations(self.results), "## Start and memory", self.footprint()]
        if self.large:
            parts += [f"## {self.options.rows:,} deployments against 10,000", self.operations(self.large)]
        if self.heat:
            parts += ["## Heat", self.heat_table()]
        return "\n\n".join(parts)

    def write(self):
        """Writes the plots, and replaces the text between the markers."""
        with open(os.path.join(ROOT, DOCUMENT)) as file:
            before, _, rest = file.read().partition(BEGIN)
        after = rest.partition(END)[2]
        pictures = self.plots()
        os.makedirs(os.path.join(ROOT, PLOTS), exist_ok=True)
        for name, content in pictures.items():
            with open(os.path.join(ROOT, PLOTS, name), "w") as file:
                file.write(content)
        images = "\n\n".join(f"![{name.partition('.')[0]}](benchmarks/{name})" for name in pictures)
        with open(os.path.join(ROOT, DOCUMENT), "w") as file:
            file.write(f"{before}{BEGIN}\n{self.text()}\n\n{images}\n{END}{after}")


def chosen(series):
    """Returns at most as many series as a plot has colours. Leaves out the older JDK first."""
    if len(series) > MOST_SERIES:
        series = [(name, samples) for name, samples in series if name != "JDK 17"]
    return series[:MOST_SERIES]
