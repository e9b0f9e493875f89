"""Results as Markdown, JSON and a chart. A result is {row: {figure: [values]}}; a scenario's first figure leads."""

import html
import json
import statistics

import aims

HEADER = """# Benchmarks

Made by `./x bench` on one machine; the rows of a table take turns in every round of one run. Medians (minimum to maximum), and the
ratio to Gyre. Machines like this one are shared: compare ratios, not figures. The same as data: [benchmarks.json](benchmarks.json).

![The first figure of each scenario, as a ratio to Gyre's](benchmarks.svg)
"""


AIMS = """## Aims

What Gyre is to reach, by the first figure of each scenario where no other is named. Where it does not,
[performance.md](performance.md) says why.
"""


def cell(values, reference):
    if not values:
        return "does not run it"
    median = statistics.median(values)
    text = f"{median:.4g}"
    if len(values) > 1:
        text += f" ({min(values):.4g} to {max(values):.4g})"
    if reference:
        text += f", {median / reference:.2f}x"
    return text


def table(results):
    """Rows across, figures down where there are many figures, else the other way round."""
    figures = list(results["gyre"])
    reference = {figure: statistics.median(results["gyre"][figure]) for figure in figures}
    cells = [[row, *(cell(values.get(f), reference[f]) for f in figures)] for row, values in results.items()]
    grid = [["", *figures], *cells]
    if len(figures) > 6:
        grid = [list(column) for column in zip(*grid)]
    grid.insert(1, ["---"] * len(grid[0]))
    return "\n".join("| " + " | ".join(line) + " |" for line in grid)


def markdown(all_results, documentation):
    parts = [HEADER]
    if reached := aims.table(all_results):
        parts.append(f"{AIMS}\n{reached}\n")
    for scenario, results in all_results.items():
        parts.append(f"## {scenario}\n\n{documentation[scenario]}.\n\n{table(results)}\n")
    return "\n".join(parts)


def as_json(all_results):
    return json.dumps(all_results, indent=1, sort_keys=False) + "\n"


COLOURS = {"gyre": "#7b3ff2", "node 24": "#8cc84b", "node 26": "#4f8f2f", "bun": "#f4b8a0", "Bun.serve": "#d98e73",
           "Bun.listen": "#d98e73", "deno": "#8a8f98", "Deno.serve": "#5c6068", "Deno.listen": "#5c6068", "C limit": "#222222"}
LONGEST = 6.0        # ratios beyond are cut, with their figure written out
BAR_PX, LABEL_PX, WIDTH_PX = 11, 190, 900


def chart(all_results):
    """Horizontal bars: each row's median of the first figure by Gyre's; shorter is better."""
    parts, y = [], 24
    for scenario, results in all_results.items():
        figure = next(iter(results["gyre"]))
        if "/s" in figure:
            continue
        reference = statistics.median(results["gyre"][figure])
        parts.append(f'<text x="4" y="{y}" font-weight="bold">{html.escape(scenario)}: {html.escape(figure)}</text>')
        y += 6
        for row, values in results.items():
            if not values.get(figure):
                continue
            ratio = statistics.median(values[figure]) / reference if reference else 0
            length = min(ratio, LONGEST) / LONGEST * (WIDTH_PX - LABEL_PX - 60)
            parts.append(f'<text x="{LABEL_PX - 6}" y="{y + 9}" text-anchor="end">{html.escape(row)}</text>'
                         f'<rect x="{LABEL_PX}" y="{y}" width="{length:.1f}" height="{BAR_PX - 2}" fill="{COLOURS.get(row, "#999999")}"/>'
                         f'<text x="{LABEL_PX + length + 4:.1f}" y="{y + 9}">{ratio:.2f}</text>')
            y += BAR_PX
        y += 20
    return (f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH_PX}" height="{y}" font-family="sans-serif" font-size="10">'
            f'<rect width="100%" height="100%" fill="#ffffff"/>{"".join(parts)}</svg>\n')
