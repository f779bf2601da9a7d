"""A page as Mermaid flowchart text, for wikis and code hosts that draw it themselves.

In comes a page, out comes Mermaid with the same boxes and arrows. Rows become labelled arrows,
because Mermaid has no cells; in lists each row leads to a box of its own.

INVARIANT: text of an author stands only inside quotes, with every character that Mermaid, Markdown
or HTML gives a meaning to written as a numbered entity.

Source: Mermaid documentation, "Flowcharts", entity codes and Markdown strings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pathwaylang.compiler.emit.pages.nodes import (
    Badge,
    Box,
    Edge,
    Kind,
    Page,
    Row,
    State,
    Term,
    Then,
)
from pathwaylang.compiler.emit.pages.signs import PATIENT, REMARK, RULED_OUT, SIGNS, WORDS
from pathwaylang.compiler.emit.text import clip, plain

_LONGEST = 400
_SAFE = frozenset(" ,.:()/?!=≤≥<>–—…·×−“”’•▲►°µ²³%") | frozenset("".join(SIGNS.values()))
_ENTITY = frozenset("<>%")
_FRAMES: dict[Kind, tuple[str, str]] = {"question": ("(", ")"), "track": ("(", ")")}
_CLASSES = (
    "classDef question fill:#0072B2,stroke:#444444,color:#FFFFFF",
    "classDef step fill:#CC79A7,stroke:#444444,color:#000000",
    "classDef recommend fill:#009E73,stroke:#444444,color:#000000",
    "classDef option fill:#56B4E9,stroke:#444444,color:#000000",
    "classDef choice fill:#E69F00,stroke:#444444,color:#000000",
    "classDef against fill:#D55E00,stroke:#444444,color:#000000",
    "classDef other fill:#FFFFFF,stroke:#444444,color:#000000",
    "classDef lit stroke:#000000,stroke-width:4px",
    "classDef dim fill:#F2F2F2,stroke:#9A9A9A,color:#6B6B6B",
)
_CLASS: dict[Kind, str] = {
    "question": "question",
    "track": "question",
    "step": "step",
    "procedural": "step",
    "recommend": "recommend",
    "option": "option",
    "choice": "choice",
    "against": "against",
}


def write_mermaid(page: Page) -> str:
    """Return one page as Mermaid text."""
    names = {box.key: f"b{number}" for number, box in enumerate(page.boxes, start=1)}
    lines = ["---", f'title: "{_yaml(page.title)}"', "---", "flowchart LR"]
    for number, lane in enumerate(page.lanes, start=1):
        body = [line for box in lane.boxes for line in _box(page, box, names)]
        if lane.title:
            lines += [f'  subgraph lane{number}["{text(lane.title)}"]', *body, "  end"]
        else:
            lines += body
    lines += [line for box in page.boxes for line in _list_edges(box, names)]
    lines += [_edge(page, edge, names) for edge in page.edges]
    lines += _around(page)
    return "\n".join([*lines, *(f"  {line}" for line in _CLASSES)]) + "\n"


def text(value: str, longest: int = _LONGEST) -> str:
    """Return a text as the content of a quoted label.

    >>> text('a "b" #1; <i>')
    'a #34;b#34; #35;1#59; #60;i#62;'
    """
    line = "".join(
        c if c not in _ENTITY and (c.isalnum() or c in _SAFE) else f"#{ord(c)};"
        for c in clip(value, longest)
    )
    # `1. ` at the start would be read as a Markdown list.
    return re.sub(r"\A(\d+)\. ", r"\1#46; ", line)


def _around(page: Page) -> Iterator[str]:
    """Yield what stands around the drawing, as boxes of their own."""
    place = f"Page {page.number(page.name)} of {len(page.numbers)}" if page.numbers else ""
    seen = [f"{link.text}: page {page.number(link.page)}" for link in page.links]
    parts = {
        "about": [*([place] if place else []), *page.about, *page.remarks, *seen],
        "remarks": [_badge(badge) for badge in page.badges],
        "terms": [part for term in page.terms for part in _term(term)],
        "sources": list(page.sources),
    }
    for name, told in parts.items():
        if told:
            yield f"  {_node(name, 'start', told, 'plain')}"


def _term(term: Term) -> Iterator[str]:
    yield f"{term.label}{f' [{term.value}]' if term.value else ''}:"
    yield from (f"• {line}" for line in term.lines)


def _badge(badge: Badge) -> str:
    sign = {"answer": PATIENT, "ruled out": RULED_OUT}.get(badge.level, REMARK)
    return f"{sign} {badge.text}{f' ({badge.code})' if badge.code else ''}"


def _box(page: Page, box: Box, names: dict[str, str]) -> Iterator[str]:
    words = f"{SIGNS[box.kind]} {WORDS[box.kind]}" + (f" · {box.detail}" if box.detail else "")
    told = [words.upper(), *box.lines, *box.small]
    told += [box.ends_lead] if box.ends_lead else []
    told += [f"{SIGNS[ending.kind]} {ending.text}" for ending in box.endings]
    told += [f"→ page {page.number(box.page)}"] if box.page else []
    told += [_badge(badge) for badge in box.badges]
    told += [_badge(badge) for row in box.rows for badge in row.badges]
    yield f"    {_node(names[box.key], box.kind, told, box.state)}"
    for number, row in enumerate(box.rows, start=1):
        if row.then:
            name = f"{names[box.key]}r{number}"
            yield f"    {_node(name, row.then.kind, _then(page, row.then), row.state)}"


def _node(name: str, kind: Kind, told: list[str], state: State) -> str:
    first, last = _FRAMES.get(kind, ("[", "]"))
    label = "<br/>".join(text(part) for part in told)
    style = "dim" if state == "dim" else _CLASS.get(kind, "other")
    lit = f"\n    class {name} lit" if state == "lit" else ""
    return f'{name}{first}"{label}"{last}:::{style}{lit}'


def _then(page: Page, then: Then) -> list[str]:
    words = f"{SIGNS[then.kind]} {WORDS[then.kind]}"
    words += f" · {then.strength}" if then.strength else ""
    see = [f"→ page {page.number(then.page)}"] if then.page else []
    return [words.upper(), *then.lines, *then.notes, *see]


def _list_edges(box: Box, names: dict[str, str]) -> Iterator[str]:
    for number, row in enumerate(box.rows, start=1):
        if row.then:
            tail = names[box.key]
            yield f'  {tail} {_arrow(row.state)}|"{_label(box, row)}"| {tail}r{number}'


def _edge(page: Page, edge: Edge, names: dict[str, str]) -> str:
    tail = names[edge.tail]
    box = next(box for box in page.boxes if box.key == edge.tail)
    numbered = ((n, row) for n, row in enumerate(box.rows, start=1) if row.port == edge.port)
    number, row = next(numbered, (0, None))
    label = ""
    if row and row.then:
        tail = f"{tail}r{number}"
    elif row:
        label = f'|"{_label(box, row)}"|'
    arrow = "-.->" if edge.is_dashed else _arrow(edge.state)
    return f"  {tail} {arrow}{label} {names[edge.head]}"


def _arrow(state: State) -> str:
    return "==>" if state == "lit" else "-->"


def _label(box: Box, row: Row) -> str:
    cells = [" ".join(line.text for line in cell) for cell in row.cells]
    if box.heads:
        cells = [f"{h}: {c}" for h, c in zip(box.heads, cells, strict=True) if c != "any"]
    lead = f"{row.label}: " if row.label else ""
    return text(lead + ("; ".join(cells) or "always"))


def _yaml(value: str) -> str:
    """Return a text inside a double-quoted YAML scalar."""
    return plain(value).replace("\\", "\\\\").replace('"', '\\"')
