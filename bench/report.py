"""From results to Markdown: one table for each group of rows, and docs/benchmarks.md.

Figures that were not reached are named as such with the factor; nothing here measures.
"""

from __future__ import annotations

from bench.figures import draw_figures
from bench.measure import ROOT, Spread
from bench.record import Figure, Row, Suite, Target

DOCUMENT = ROOT / "docs" / "benchmarks.md"
FIGURES = ROOT / "docs" / "figures"
BUSY = 1.5

HEAD = """\
# Benchmarks

How fast PathwayLang is, measured, beside what else could do the job. Written by
`python -m bench --write` from the results in `bench/results/`; do not edit by hand.

- `make bench` runs everything and prints these tables; `python -m bench NAME` runs one suite,
  `python -m bench --quick` takes a first look in under two minutes and keeps nothing.
- The peers (z3, oxidd, dd; zen-engine, CEL, cedarpy; polars, DuckDB) are in
  `bench/requirements.txt`. Only tests need them; one that is not installed is left out and named.
- A figure is a median, with its 95 % interval in brackets where there are several runs (by order
  statistics; smallest and largest where there are fewer than six). CPU time is user and system
  time. Targets are compared with CPU time, since other work on the machine lengthens wall time.
- "Not reached" means just that; the factor is how far the median is from the limit.
- The runtime's speed is a ratio to a nested `if` over a dict (suites `single`, `bulk`, `leaves`):
  both take turns in each round, 30 pairs in 5 processes, and what each says is compared before it
  is timed. To reach: 1.1 times for a bare decision, 1.6 times with missing values noticed, 5 times
  with every field validated; a million cases in columns 10 times faster than the loop with 40
  leaves, 7 times with 400, and never slower than polars; importing the runtime 1.3 times pydantic.
"""


def number(value: float) -> str:
    """Return a number with three significant digits, without an exponent; a whole one as it is.

    >>> number(0.04567), number(12.345), number(215370.0), number(96.0), number(1.5)
    ('0.0457', '12.3', '215,370', '96', '1.50')
    """
    if value == int(value) or abs(value) >= 100:
        return f"{value:,.0f}"
    digits = 0
    while abs(value) * 10**digits < 100 and digits < 6:
        digits += 1
    return f"{value:.{digits}f}"


def shown(figure: Figure | None) -> str:
    """Return a figure as it stands in a table."""
    match figure:
        case None:
            return ""
        case str():
            return figure
        case Spread(median, low, high, runs):
            if runs == 1:
                return number(median)
            return f"{number(median)} ({number(low)}–{number(high)})"
        case _:
            return number(figure)


def reached(row: Row, target: Target) -> str:
    """Return whether a figure was reached, or by which factor not."""
    wanted = f"{'>=' if target.is_least else '<='} {target.limit:g}"
    figure = row.figures.get(target.column)
    if isinstance(figure, str) or figure is None:
        return f"{wanted}: **not reached**"
    says = row.figures.get("says", "")
    if isinstance(says, str) and says.startswith("undecided"):
        return f"{wanted}: **not reached**, undecided"
    value = figure.median if isinstance(figure, Spread) else figure
    factor = target.limit / value if target.is_least else value / target.limit
    if factor <= 1:
        return f"{wanted}: reached"
    return f"{wanted}: **not reached**, by a factor of {number(factor)}"


def _table(rows: list[Row]) -> list[str]:
    columns = list(dict.fromkeys(column for row in rows for column in row.figures))
    has_target = any(row.target for row in rows)
    heads = ["", *columns, *(["to reach"] if has_target else [])]
    lines = [f"| {' | '.join(heads)} |", f"|{'---|' * len(heads)}"]
    for row in rows:
        cells = [row.what, *(shown(row.figures.get(column)) for column in columns)]
        if has_target:
            cells.append(reached(row, row.target) if row.target else "")
        lines.append(f"| {' | '.join(cells)} |")
    return lines


def suite_text(suite: Suite) -> str:
    """Return a suite as Markdown."""
    lines = [f"## {suite.title}", "", suite.about, ""]
    for group in dict.fromkeys(row.group for row in suite.rows):
        rows = [row for row in suite.rows if row.group == group]
        lines += [f"**{group}**", "", *_table(rows), ""]
        lines += [f"- {row.what}: {row.note}" for row in rows if row.note]
    lines += [f"- {note}" for note in suite.notes]
    if suite.notes:
        lines.append("")
    lines += [_machine(suite), ""]
    return "\n".join(lines)


def _machine(suite: Suite) -> str:
    about = suite.machine
    before, after = float(str(about["load_before"])), float(str(about["load_after"]))
    cores = int(str(about["cores"]))
    runs = "; a quick run with few repeats" if about["quick"] else ""
    text = (
        f"*{about['processor']}, {cores} cores, {about['system']}, Python {about['python']}, "
        f"pathwaylang {about['pathwaylang']}; load {before} before and {after} after{runs}"
    )
    is_busy = max(before, after) > cores * BUSY
    return text + (
        ": the machine was busy with other work, wall times are too long.*" if is_busy else ".*"
    )


def document(suites: list[Suite]) -> str:
    """Return docs/benchmarks.md."""
    pictures = draw_figures(suites)
    lines = [HEAD, _targets(suites)]
    for suite in suites:
        lines.append(suite_text(suite))
        lines += [
            f"![{picture.title}](figures/{picture.name})\n"
            for picture in pictures
            if picture.suite == suite.name
        ]
    return "\n".join(lines).rstrip() + "\n"


def write_document(suites: list[Suite]) -> None:
    """Write docs/benchmarks.md and the figures it shows."""
    FIGURES.mkdir(parents=True, exist_ok=True)
    for picture in draw_figures(suites):
        (FIGURES / picture.name).write_text(picture.svg, encoding="utf-8")
    DOCUMENT.write_text(document(suites), encoding="utf-8")
    print(f"wrote {DOCUMENT.relative_to(ROOT)}")


def _targets(suites: list[Suite]) -> str:
    lines = [
        "## Figures to reach",
        "",
        "| suite | what | measured | to reach |",
        "|---|---|---|---|",
    ]
    for suite in suites:
        for row in suite.rows:
            if row.target is not None:
                what = f"{row.group}: {row.what}" if suite.name == "verify" else row.what
                measured = f"{row.target.column}: {shown(row.figures.get(row.target.column))}"
                lines.append(f"| {suite.name} | {what} | {measured} | {reached(row, row.target)} |")
    return "\n".join([*lines, ""])
