"""Small bar charts as SVG, drawn from the results: one bar a row, its middle value beside it.

The same results give the same bytes.
"""

from __future__ import annotations

from html import escape

from bench.measure import Spread
from bench.record import Row

WIDTH, LEFT, RIGHT, TOP = 560, 250, 80, 34
STEP, THICK = 24, 14
COLOUR = "#1b5e20"


def draw_bars(title: str, rows: list[Row], column: str) -> str:
    """Return a chart of one column; empty where it has less than two figures."""
    values = [(row.what, _middle(row.figures.get(column))) for row in rows]
    bars = [(what, value) for what, value in values if value is not None]
    if len(bars) < 2:
        return ""
    most = max(value for _, value in bars) or 1.0
    height = TOP + STEP * len(bars) + 10
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" '
        'font-family="sans-serif" font-size="12">',
        f"<title>{escape(title)}: {escape(column)}</title>",
        f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>',
        f'<text x="12" y="18" font-weight="bold">{escape(title)}: {escape(column)}</text>',
    ]
    for number, (what, value) in enumerate(bars):
        y = TOP + STEP * number
        length = (WIDTH - LEFT - RIGHT) * value / most
        lines += [
            f'<text x="{LEFT - 8}" y="{y + 12}" text-anchor="end">{escape(_short(what))}</text>',
            f'<rect x="{LEFT}" y="{y}" width="{length:.1f}" height="{THICK}" fill="{COLOUR}"/>',
            f'<text x="{LEFT + length + 6:.1f}" y="{y + 12}">{_number(value)}</text>',
        ]
    return "\n".join([*lines, "</svg>"]) + "\n"


def _short(words: str) -> str:
    """Return words that fit beside a bar: up to the first comma or semicolon."""
    return words.replace("`", "").split(";")[0].split(",")[0]


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def _middle(figure: object) -> float | None:
    if isinstance(figure, Spread):
        return figure.median
    return float(figure) if isinstance(figure, float) else None
