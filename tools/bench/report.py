"""Tables of results: medians, minimum and maximum, and the ratio to Gyre."""

import statistics

HEADER = """# Benchmarks

Made by `./x bench` in one run on one machine; runtimes take turns. Medians (minimum to maximum) of all rounds; behind
them the ratio to Gyre. These machines are shared: compare ratios, not figures.
"""


def cell(values, reference):
    median = statistics.median(values)
    text = f"{median:.4g} ({min(values):.4g} to {max(values):.4g})"
    if reference:
        text += f", {median / reference:.2f}x"
    return text


def table(results):
    figures = list(next(iter(results.values())))
    lines = ["| | " + " | ".join(figures) + " |", "| --- |" + " --- |" * len(figures)]
    reference = {figure: statistics.median(results["gyre"][figure]) for figure in figures}
    for name, row in results.items():
        lines.append(f"| {name} | " + " | ".join(cell(row[f], reference[f]) for f in figures) + " |")
    return "\n".join(lines)


def markdown(all_results):
    parts = [HEADER]
    for scenario, results in all_results.items():
        parts.append(f"## {scenario}\n\n{table(results)}\n")
    return "\n".join(parts)
