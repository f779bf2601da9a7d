"""A record as one HTML file: no server, no network, no script; made to be printed on A4.

In come a `Record` and its drawn charts, out comes the text of the file. Each printed page has the
pathway, version, status and hash on top, and its number below. A chart that is too tall for a page
is printed in strips that overlap a little.

INVARIANT: texts of authors are escaped, in HTML and in the style alike; nothing is loaded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from importlib.resources import files
from typing import assert_never

from pathwaylang.compiler.emit.page.svg import inline_svg
from pathwaylang.compiler.emit.report.nodes import (
    Block,
    Bullets,
    Cell,
    Figure,
    Head,
    Line,
    Para,
    Record,
    Run,
    Section,
    Signatures,
    Table,
)
from pathwaylang.compiler.emit.text import plain

_BOX = re.compile(r'viewBox="0(?:\.0+)? 0(?:\.0+)? ([\d.]+) ([\d.]+)"')
_GRAPH = re.compile(r'<g (?=[^>]*class="graph")[^>]*id="([^"]+)"')
_BREAKS = re.compile(r"(/|_|\.)(?=\w)")
_STRIP, _OVERLAP, _TALL, _WIDE = 1.25, 0.04, 1.7, 1.25
_SIGN = ("Name", "Date", "Signature")


@dataclass(frozen=True, slots=True)
class Drawn:
    """A chart as an accessible SVG text."""

    name: str
    svg: str


def write_html(record: Record, charts: Sequence[Drawn] = ()) -> str:
    """Return the file."""
    drawn = {chart.name: inline_svg(chart.svg, list(_names(charts))) for chart in charts}
    titled = [section for section in record.sections if section.title]
    first, *rest = (_section(section, drawn) for section in record.sections)
    return "".join(
        (
            '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n',
            '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; ',
            "style-src 'unsafe-inline'\">\n",
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n',
            f"<title>{_text(record.title)}</title>\n<style>\n{_style(record)}</style>\n",
            f"</head>\n<body>\n<h1>{_text(record.title)}</h1>\n",
            first,
            _contents(titled),
            *rest,
            f"<footer><p>{_text(record.foot)}</p></footer>\n</body>\n</html>\n",
        )
    )


def _names(charts: Sequence[Drawn]) -> Iterator[str]:
    return (chart.name for chart in charts)


def _text(text: str) -> str:
    return escape(plain(text))


def _css(text: str) -> str:
    r"""Return a text as a string of CSS, every sign that could mean something written as its code.

    >>> print(_css('a"} b'))
    "a\000022 \00007D  b"
    """
    told = (c if c.isalnum() or c in " .,:;-_" else f"\\{ord(c):06X} " for c in plain(text))
    return f'"{"".join(told)}"'


def _style(record: Record) -> str:
    left, right = map(_css, record.running)
    css = files(__package__).joinpath("record.css").read_text(encoding="utf-8")
    font = "font: 8pt Helvetica, Arial, sans-serif; color: #333;"
    margins = (
        f"@top-left {{ content: {left}; {font} white-space: nowrap; }}\n"
        f"@top-right {{ content: {right}; {font} }}\n"
        f"@bottom-left {{ content: {_css(record.foot)}; {font} font-size: 6.5pt; width: 85%; }}\n"
        f'@bottom-right {{ content: "page " counter(page) " of " counter(pages); {font} }}\n'
    )
    return (
        f"{css}@page {{ size: A4; margin: 20mm 15mm 20mm 18mm;\n{margins}}}\n"
        "@page chart-wide { size: A4 landscape; }\n"
    )


def _contents(sections: Sequence[Section]) -> str:
    items = "".join(f'<li><a href="#{s.id}">{_text(s.title)}</a></li>' for s in sections)
    return f'<nav aria-label="Contents"><ol>{items}</ol></nav>\n'


def _section(section: Section, charts: Mapping[str, str]) -> str:
    page = ' class="page"' if section.starts_page else ""
    head = f"<h2>{_text(section.title)}</h2>\n" if section.title else ""
    body = "".join(_block(block, charts) for block in section.blocks)
    return f'<section id="{section.id}"{page}>\n{head}{body}</section>\n'


def _block(block: Block, charts: Mapping[str, str]) -> str:
    match block:
        case Para(lines, tone):
            return f"<p{_class(tone)}>{_lines(lines)}</p>\n"
        case Head(text):
            return f"<h3>{_text(text)}</h3>\n"
        case Bullets(items):
            return f"<ul>{''.join(f'<li>{_lines(item)}</li>' for item in items)}</ul>\n"
        case Table():
            return _table(block)
        case Figure(chart, title):
            return _figure(chart, title, charts.get(chart, ""))
        case Signatures(rows):
            words = "".join(f"<dd>{word}</dd>" for word in _SIGN)
            return "".join(f'<dl class="sign"><dt>{_text(r)}</dt>{words}</dl>\n' for r in rows)
    assert_never(block)


def _class(name: str) -> str:
    return "" if name == "plain" else f' class="{name}"'


def _lines(lines: Cell) -> str:
    return "".join(map(_line, lines)) if _is_many(lines) else "".join(map(_run, lines[0].runs))


def _is_many(lines: Cell) -> bool:
    return len(lines) != 1 or bool(lines[0].anchor or lines[0].level)


def _line(line: Line) -> str:
    anchor = f' id="{escape(line.anchor)}"' if line.anchor else ""
    level = f' class="l{min(line.level, 4)}"' if line.level else ""
    return f"<span{anchor}{level}>{''.join(map(_run, line.runs))}</span>"


def _run(run: Run) -> str:
    told = _text(run.text)
    if run.text != run.text.strip():  # what joins two runs keeps its spaces
        told = escape(run.text)
    match run.look:
        case "plain":
            pass
        case "code":
            told = "<code>" + _BREAKS.sub(r"\1<wbr>", told) + "</code>"
        case "strong":
            told = f"<strong>{told}</strong>"
        case look:
            told = f'<span class="{look}">{told}</span>'
    return f'<a href="#{escape(run.to)}">{told}</a>' if run.to else told


def _table(table: Table) -> str:
    whole = sum(table.widths)
    columns = "".join(f'<col style="width:{100 * w / whole:.1f}%">' for w in table.widths)
    heads = "".join(f'<th scope="col">{_text(head)}</th>' for head in table.heads)
    head = f"<thead><tr>{heads}</tr></thead>" if heads else ""
    body = "\n".join(
        f"<tr>{''.join(f'<td>{_lines(cell)}</td>' for cell in row)}</tr>" for row in table.rows
    )
    return f"<table><colgroup>{columns}</colgroup>{head}<tbody>\n{body}\n</tbody></table>\n"


def _figure(name: str, title: str, svg: str) -> str:
    if not svg:
        return ""
    found = _BOX.search(svg)
    wide, high = (float(found[1]), float(found[2])) if found else (1.0, 1.0)
    shape = "tall" if high > _TALL * wide else "wide" if wide > _WIDE * high else "plain"
    strips = _strips(svg, wide, high) if shape == "tall" else ""
    return (
        f'<figure id="pw-chart-{escape(name)}"{_class(shape)}>'
        f"<figcaption>{_text(title)}</figcaption>"
        f'<div class="whole">{svg}</div>{strips}</figure>\n'
    )


def _strips(svg: str, wide: float, high: float) -> str:
    """Return a tall chart once more in parts that fit a page, for print; they share its drawing."""
    found = _GRAPH.search(svg)
    if found is None:
        return ""
    step = wide * _STRIP
    count = max(2, -(-int(high) // int(step)))
    step = high / count
    parts = []
    for number in range(count):
        top = max(number * step - _OVERLAP * step, 0)
        box = f"0 {top:.1f} {wide:.1f} {step * (1 + 2 * _OVERLAP):.1f}"
        parts.append(f'<svg viewBox="{box}" aria-hidden="true"><use href="#{found[1]}"/></svg>')
    return f'<div class="strips">{"".join(parts)}</div>'
