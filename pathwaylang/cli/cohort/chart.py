"""Bars of what comes out for a cohort, as a plain SVG that any browser or document shows.

In: the counts of each track. Out: the text of the picture. A bar's status is told by its colour and
in words; the picture reads without colours, and to a screen reader as a list.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from html import escape
from itertools import groupby
from textwrap import shorten

from pathwaylang.cli.cohort.answers import Bar
from pathwaylang.diagnostics.visible import visible

# Okabe and Ito's colours, as the charts have them.
COLOURS = {
    "recommendation": "#009E73",
    "request": "#E69F00",
    "outside": "#D9D9D9",
    "contradiction": "#D55E00",
}
WORDS = {
    "request": "Something is missing: ask or obtain first",
    "outside": "Outside the pathway",
    "contradiction": "Contradictory entries",
}
MOST_BARS = 15
_WIDTH, _LABEL, _BAR = 960, 420, 380
_ROW, _HEAD, _TOP, _EDGE = 26, 44, 78, 16
_LETTERS = 58


def chart_svg(title: str, answered: int, refused: int, bars: Sequence[Bar]) -> str:
    """Return the picture: for each track its outcomes, the most frequent first."""
    whom = f"{answered:,} patients"
    if refused:
        whom += f" ({refused:,} more could not be answered: see the table)"
    groups = [
        (stage, track, _shown(list(group)))
        for (stage, track), group in groupby(bars, key=lambda bar: (bar.stage, bar.track))
    ]
    height = _TOP + sum(_HEAD + _ROW * len(group) for _, _, group in groups) + _EDGE
    told = f"{title}: what comes out for {whom}"
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="t d" '
        f'width="{_WIDTH}" height="{height}" viewBox="0 0 {_WIDTH} {height}" '
        f'font-family="Helvetica, Arial, sans-serif" font-size="13">',
        f'<title id="t">{_text(told)}</title>',
        f'<desc id="d">{_text(_listing(groups))}</desc>',
        f'<rect width="{_WIDTH}" height="{height}" fill="#FFFFFF"/>',
        f'<text x="{_EDGE}" y="28" font-size="18" font-weight="bold">'
        f"{_text(_cut(title, 90))}</text>",
        f'<text x="{_EDGE}" y="48">What comes out for {whom}</text>',
        *_legend(),
    ]
    y = _TOP
    longest = max((bar.patients for _, _, group in groups for bar in group), default=1)
    for stage, track, group in groups:
        total = sum(bar.patients for bar in group)
        about = f"({stage}; {total:,} patients)"
        lines.append(
            f'<text x="{_EDGE}" y="{y + 28}" font-size="14" font-weight="bold">'
            f"{_text(_cut(group[0].question or track, 80))} "
            f'<tspan font-weight="normal" fill="#595959">{_text(f"{track} {about}")}</tspan>'
            "</text>"
        )
        y += _HEAD
        for bar in group:
            lines += _bar(bar, y, longest, total)
            y += _ROW
    return "\n".join([*lines, "</svg>", ""])


def _shown(group: list[Bar]) -> list[Bar]:
    """Return the bars of a track that are drawn: recommendations that are rare are summed up."""
    if len(group) <= MOST_BARS:
        return group
    others = sum(bar.status != "recommendation" for bar in group)
    advised = [bar for bar in group if bar.status == "recommendation"]
    rest = advised[MOST_BARS - 1 - others :]
    label = f"{len(rest)} more recommendations"
    summed = replace(rest[0], outcome="", label=label, patients=sum(bar.patients for bar in rest))
    return [*(bar for bar in group if bar not in rest), summed]


def _bar(bar: Bar, y: int, longest: int, total: int) -> Iterable[str]:
    width = max(1.0, _BAR * bar.patients / longest)
    colour = COLOURS.get(bar.status, "#56B4E9")
    share = 100 * bar.patients / total
    label = _label(bar)
    yield (
        f'<text x="{_LABEL}" y="{y + 15}" text-anchor="end">{_text(_cut(label, _LETTERS))}'
        f"<title>{_text(label)}</title></text>"
    )
    yield (
        f'<rect x="{_LABEL + 10}" y="{y + 2}" width="{width:.1f}" height="18" fill="{colour}" '
        f'stroke="#444444" stroke-width="0.75"><title>{_text(label)}: {bar.patients:,}</title>'
        "</rect>"
    )
    yield (
        f'<text x="{_LABEL + 18 + width:.1f}" y="{y + 15}">{bar.patients:,} '
        f'<tspan fill="#595959">({_percent(share)})</tspan></text>'
    )


def _percent(share: float) -> str:
    """Return a share that is never rounded to nothing or to all.

    >>> _percent(0.04), _percent(99.99), _percent(12.34), _percent(100)
    ('<0.1 %', '>99.9 %', '12.3 %', '100 %')
    """
    if share == 100:  # noqa: PLR2004 - all
        return "100 %"
    if 0 < share < 0.1:  # noqa: PLR2004 - what one decimal shows
        return "<0.1 %"
    return ">99.9 %" if share > 99.9 else f"{share:.1f} %"  # noqa: PLR2004


def _legend() -> Iterable[str]:
    x = _EDGE
    names = {"recommendation": "Recommendation"} | WORDS
    for status, word in names.items():
        yield (
            f'<rect x="{x}" y="60" width="13" height="13" fill="{COLOURS[status]}" '
            'stroke="#444444" stroke-width="0.75"/>'
        )
        yield f'<text x="{x + 19}" y="71">{word}</text>'
        x += 56 + int(6.4 * len(word))


def _label(bar: Bar) -> str:
    return WORDS.get(bar.status, bar.label)


def _listing(groups: Sequence[tuple[str, str, list[Bar]]]) -> str:
    return "; ".join(
        f"{track}: " + ", ".join(f"{_label(bar)} {bar.patients}" for bar in group)
        for _, track, group in groups
    )


def _cut(text: str, width: int) -> str:
    return shorten(text, width, placeholder=" …")


def _text(text: str) -> str:
    return escape(visible(text))
