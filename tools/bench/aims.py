"""What Gyre wants to reach, and whether the figures of a run say that it has."""

import dataclasses
import statistics

LEADING = None    # the scenario's first figure
FOUR = ("node 24", "node 26", "bun", "deno")


@dataclasses.dataclass(frozen=True)
class Aim:
    """Gyre's figure by that of another row is to be `at_most`; the other way round where more is better, which are figures
    that end in "/s". The other may be a figure of the row's own."""

    scenario: str
    other: str
    at_most: float
    figure: str = LEADING
    other_figure: str = LEADING
    row: str = "gyre"

    def text(self):
        if self.other == self.row:
            return f"{self.figure} <= {self.at_most:g} x {self.other_figure}"
        figure = "" if self.figure is LEADING else f"{self.figure}: "
        row = "" if self.row == "gyre" else f"{self.row} "
        if self.at_most == 1:
            return f"{figure}{row}ahead of {self.other}"
        if self.at_most > 1:
            return f"{figure}{row}<= {self.at_most:.3g} x {self.other}"
        return f"{figure}{row}{1 / self.at_most:.3g} x better than {self.other}"

    def ratio(self, results):
        """Gyre's median by the other's, or None when the other was not measured."""
        row, other = results.get(self.row, {}), results.get(self.other, {})
        figure = self.figure or next(iter(row), None)
        ours, theirs = row.get(figure), other.get(self.other_figure or figure)
        if not ours or not theirs:
            return None
        ratio = statistics.median(ours) / statistics.median(theirs)
        return 1 / ratio if figure.endswith("/s") else ratio

    def measured(self, ratio):
        return f"{1 / ratio:.2f} x better" if self.at_most < 1 else f"{ratio:.2f} x"


def ahead(scenario, rows, figure=LEADING):
    return [Aim(scenario, row, 1, figure) for row in rows]


def twice_node(scenario):
    return [Aim(scenario, "node 26", 1 / 2)]


AIMS = [
    *ahead("start_up", ("bun",), "wall ms"), *ahead("start_up", FOUR, "peak MiB"),
    *ahead("require_many", ("node 24", "node 26"), "wall ms"), *ahead("require_large", ("node 24", "node 26"), "wall ms"),
    Aim("http_hello", "C limit", 1.3), Aim("http_hello", "node 26", 1 / 3), *ahead("http_hello", ("Bun.serve", "Deno.serve")),
    *twice_node("express_hello"), *ahead("express_hello", ("bun",)),
    *(aim for scenario in ("http_json", "http_body", "http_post_1k", "http_post_1m")
      for aim in (*twice_node(scenario), *ahead(scenario, ("bun", "deno")))),
    *ahead("http_idle", ("bun",)),
    *ahead("http_1000", FOUR, "p99 ms"),
    *twice_node("http_file_1m"), *twice_node("http_file_100m"),
    *ahead("http_million", FOUR), Aim("http_million", "gyre", 1.1, "RSS MiB at 10^6", "RSS MiB after 2 s"),
    *ahead("tcp_echo", FOUR),
    *ahead("read_file", FOUR), *ahead("read_file_promises", FOUR),
    Aim("worker_start", "bun", 8 / 25.5, "first message ms"), *ahead("worker_start", FOUR, "MiB each"),
    *(aim for figure in ("1 KB/s", "1 MB copied/s", "1 MB transferred/s")
      for aim in (Aim("post_message", "bun", 1, figure), Aim("post_message", "node 26", 1 / 2.5, figure))),
    *ahead("fork_start", ("bun",)),
    *ahead("ipc_roundtrip", ("bun",), "json 1 KB/s"), *ahead("ipc_roundtrip", ("bun",), "advanced 1 KB/s"),
    Aim("ipc_roundtrip", "node 26", 1 / 3, "json 128 MB ms"), Aim("ipc_roundtrip", "node 26", 1 / 3, "advanced 128 MB ms"),
    Aim("ipc_handles", "node 26", 1 / 2, "sockets/s"),
    # The row "gyre" is two processes without a cluster.
    *(Aim("cluster_hello", "gyre", 1 / 0.95, "requests/s", row=f"gyre {policy}") for policy in ("reuseport", "least-busy")),
    Aim("cluster_hello", "node 26 rr", 1 / 2, "requests/s", row="gyre rr"),
    # The row "gyre" is least-busy.
    *ahead("cluster_uneven", ("gyre rr", "gyre none", "gyre reuseport", "node 26 rr", "node 26 none", "bun rr", "deno rr"), "p99 ms"),
]


def table(all_results, aims=tuple(AIMS)):
    """The aims of the scenarios that were run, as Markdown."""
    lines = ["| scenario | aim | measured | |", "| --- | --- | --- | --- |"]
    for aim in aims:
        if aim.scenario not in all_results:
            continue
        ratio = aim.ratio(all_results[aim.scenario])
        verdict = "not measured" if ratio is None else "reached" if ratio <= aim.at_most else "**not reached**"
        lines.append(f"| {aim.scenario} | {aim.text()} | {'' if ratio is None else aim.measured(ratio)} | {verdict} |")
    return "\n".join(lines) if len(lines) > 2 else ""
