"""Small line charts as SVG, drawn from the results: time against size, both logarithmic.

In: suites. Out: pictures with the names of their files. The same results give the same bytes.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from math import ceil, floor, log10

from bench.bars import draw_bars
from bench.record import Row, Suite

WIDTH, HEIGHT = 560, 300
LEFT, RIGHT, TOP, BOTTOM = 62, 150, 34, 44
COLOURS = {
    "parse s": "#7a4a00",
    "model s": "#00687a",
    "diagrams s": "#1b5e20",
    "checks s": "#8b1a4a",
}
DASHES = {"parse s": "2 3", "model s": "8 3", "diagrams s": "", "checks s": "5 2 1 2"}


@dataclass(frozen=True, slots=True)
class Frame:
    """The decades that a chart shows, and where a point falls in it."""

    x_low: float
    x_high: float
    y_low: float
    y_high: float

    def x(self, value: float) -> float:
        """Return the place of a size."""
        part = (log10(value) - self.x_low) / (self.x_high - self.x_low)
        return LEFT + part * (WIDTH - LEFT - RIGHT)

    def y(self, value: float) -> float:
        """Return the place of a time."""
        part = (log10(value) - self.y_low) / (self.y_high - self.y_low)
        return HEIGHT - BOTTOM - part * (HEIGHT - TOP - BOTTOM)


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart: the suite it belongs to, its file's name, its title, its SVG."""

    suite: str
    name: str
    title: str
    svg: str


BARS = (("check", "Where the CPU time goes", "CPU ms"),)
"""Suites whose tables are drawn as bars: the table, and the column."""


def draw_figures(suites: list[Suite]) -> list[Picture]:
    """Return a chart for each series of the growth suite with two points, and bars for others."""
    found: list[Picture] = []
    for suite in suites:
        for name, group, column in BARS:
            rows = [row for row in suite.rows if row.group == group]
            picture = draw_bars(group, rows, column) if suite.name == name else ""
            if picture:
                found.append(Picture(suite.name, f"{name}.svg", group, picture))
        if suite.name != "growth":
            continue
        for number, group in enumerate(dict.fromkeys(row.group for row in suite.rows), start=1):
            rows = [row for row in suite.rows if row.group == group]
            picture = _chart(group, rows)
            if picture:
                found.append(Picture(suite.name, f"growth-{number}.svg", group, picture))
    return found


def _points(rows: list[Row], column: str) -> list[tuple[float, float]]:
    return [
        (float(row.what.replace(",", "")), value)
        for row in rows
        if isinstance(value := row.figures.get(column), float) and value > 0
    ]


def _chart(title: str, rows: list[Row]) -> str:
    series = {column: _points(rows, column) for column in COLOURS}
    series = {column: points for column, points in series.items() if len(points) > 1}
    every = [point for points in series.values() for point in points]
    if not every:
        return ""
    frame = Frame(
        log10(min(x for x, _ in every)),
        log10(max(x for x, _ in every)),
        floor(log10(min(y for _, y in every))),
        ceil(log10(max(y for _, y in every))),
    )
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        'font-family="sans-serif" font-size="12">',
        f"<title>{escape(title)}: CPU seconds</title>",
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>',
        f'<text x="{LEFT}" y="18" font-weight="bold">{escape(title)}</text>',
        *_axes(frame, sorted({x for x, _ in every})),
        *_curves(frame, series),
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def _axes(frame: Frame, sizes: list[float]) -> list[str]:
    lines = []
    for decade in range(int(frame.y_low), int(frame.y_high) + 1):
        y = frame.y(10.0**decade)
        lines.append(
            f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}" stroke="#cccccc"/>'
        )
        lines.append(
            f'<text x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{10.0**decade:g} s</text>'
        )
    for size in sizes:
        x = frame.x(size)
        lines.append(
            f'<text x="{x:.1f}" y="{HEIGHT - BOTTOM + 18}" text-anchor="middle">{size:,.0f}</text>'
        )
    return lines


def _curves(frame: Frame, series: dict[str, list[tuple[float, float]]]) -> list[str]:
    lines = []
    labels = sorted(series, key=lambda column: -series[column][-1][1])
    last = 0.0
    for column in labels:
        points = series[column]
        colour = COLOURS[column]
        way = " ".join(f"{frame.x(x):.1f},{frame.y(y):.1f}" for x, y in points)
        lines.append(
            f'<polyline points="{way}" fill="none" stroke="{colour}" stroke-width="2" '
            f'stroke-dasharray="{DASHES[column]}"/>'
        )
        place = max(frame.y(points[-1][1]), last + 14)
        last = place
        lines.append(
            f'<text x="{WIDTH - RIGHT + 8}" y="{place + 4:.1f}" fill="{colour}">'
            f"{escape(column.removesuffix(' s'))}</text>"
        )
    return lines
