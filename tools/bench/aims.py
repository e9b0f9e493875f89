"""What Gyre wants to reach, and whether the figures of a run say that it has."""

import dataclasses
import statistics

LEADING = None    # the scenario's first figure
FOUR = ("node 24", "node 26", "bun", "deno")


@dataclasses.dataclass(frozen=True)
class Aim:
    """Gyre's figure by that of another row is to be `at_most`; the other may be a figure of Gyre's own."""

    scenario: str
    other: str
    at_most: float
    figure: str = LEADING
    other_figure: str = LEADING

    def text(self):
        if self.other == "gyre":
            return f"{self.figure} <= {self.at_most:g} x {self.other_figure}"
        figure = "" if self.figure is LEADING else f"{self.figure}: "
        if self.at_most == 1:
            return f"{figure}ahead of {self.other}"
        if self.at_most > 1:
            return f"{figure}<= {self.at_most:g} x {self.other}"
        return f"{figure}{1 / self.at_most:g} x better than {self.other}"

    def ratio(self, results):
        """Gyre's median by the other's, or None when the other was not measured."""
        gyre, other = results.get("gyre", {}), results.get(self.other, {})
        figure = self.figure or next(iter(gyre), None)
        ours, theirs = gyre.get(figure), other.get(self.other_figure or figure)
        if not ours or not theirs:
            return None
        return statistics.median(ours) / statistics.median(theirs)

    def measured(self, ratio):
        return f"{1 / ratio:.2f} x better" if self.at_most < 1 else f"{ratio:.2f} x"


def ahead(scenario, rows, figure=LEADING):
    return [Aim(scenario, row, 1, figure) for row in rows]


def twice_node(scenario):
    return [Aim(scenario, "node 26", 1 / 2)]


AIMS = [
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
