"""A page as an indented outline in plain text.

In comes a page, out comes text with the same content as the drawing: each question with its rows,
each row with what it leads to, in reading order. It is what a screen reader, a terminal and a
search can use. `emit_outline` joins all pages of a graph.

Invariants: every row of the page is one numbered line or more; an outcome is told where it is
reached; indentation is two spaces per level.
"""

from __future__ import annotations

from collections.abc import Iterator

from pathwaylang.compiler.emit.pages import Marks, build_pages
from pathwaylang.compiler.emit.pages.nodes import (
    Badge,
    Box,
    Ending,
    Kind,
    Page,
    Row,
    State,
    Term,
    Then,
)
from pathwaylang.compiler.emit.pages.signs import WORDS
from pathwaylang.compiler.emit.text import plain
from pathwaylang.ir.graph import DecisionGraph
from pathwaylang.ir.way import Way

_LEAF_KINDS: tuple[Kind, ...] = (
    "recommend",
    "option",
    "procedural",
    "against",
    "choice",
    "continue",
    "reassess",
)


def emit_outline(
    graph: DecisionGraph, *, way: Way | None = None, marks: Marks | None = None
) -> str:
    """Return the whole pathway as an outline, page after page."""
    return "\n".join(write_outline(page) for page in build_pages(graph, way=way, marks=marks))


def write_outline(page: Page) -> str:
    """Return one page as an outline."""
    title = plain(page.title)
    lines = [title, "=" * len(title), _place(page), *map(plain, page.about)]
    lines += [plain(part) for part in page.remarks]
    lines += _badges(page.badges, "")
    lines += [f"see also {plain(link.text)}: page {page.number(link.page)}" for link in page.links]
    for lane in page.lanes:
        lines += ["", plain(lane.title)] if lane.title else [""]
        for box in lane.boxes:
            if box.rows or box.kind not in _LEAF_KINDS:
                lines += _box(page, box)
    lines += ["", "What the words on this page mean"] if page.terms else []
    lines += [line for term in page.terms for line in _term(term)]
    lines += ["", "Sources on this page"] if page.sources else []
    lines += [f"  {plain(source)}" for source in page.sources]
    return "\n".join(lines) + "\n"


def _box(page: Page, box: Box) -> Iterator[str]:
    detail = f" ({plain(box.detail)})" if box.detail else ""
    yield f"{_sign(box.state)}{WORDS[box.kind]}{detail}: {_joined(box.lines)}"
    yield from (f"    {part}" for part in _below(page, box))
    if box.hint and len(box.rows) > 1:
        yield f"    {plain(box.hint)}"
    yield from _badges(box.badges, "    ")
    for number, row in enumerate(box.rows, start=1):
        yield from _row(page, box, row, number)
    heads = [edge.head for edge in page.edges if edge.tail == box.key and not edge.port]
    for head in heads:
        yield f"    then {_told(page, _find(page, head))}"


def _row(page: Page, box: Box, row: Row, number: int) -> Iterator[str]:
    label = f" [{plain(row.label)}]" if row.label else ""
    told = list(_conditions(box, row))
    first, *rest = told or ["always"]
    lead = "if " if row.is_condition and not first.startswith("if ") else ""
    yield f"  {_sign(row.state)}{number}.{label} {lead}{first}"
    yield from (f"       {part}" for part in rest)
    yield from _badges(row.badges, "       ")
    if row.then:
        yield f"     then {_then(page, row.then)}"
    for edge in page.edges:
        if edge.tail == box.key and edge.port == row.port:
            head = _find(page, edge.head)
            yield f"     {'' if edge.is_dashed else 'then '}{_told(page, head)}"
            yield from _after(page, head)
    if row.source:
        yield f"     source: {plain(row.source)}"


def _after(page: Page, box: Box) -> Iterator[str]:
    """Yield when to look again after an outcome that stands as a box of its own."""
    if box.rows or box.kind not in _LEAF_KINDS:
        return
    for edge in page.edges:
        if edge.tail == box.key and edge.is_dashed:
            yield f"     {_told(page, _find(page, edge.head))}"


def _conditions(box: Box, row: Row) -> Iterator[str]:
    if box.heads:
        for head, cell in zip(box.heads, row.cells, strict=True):
            yield f"{plain(head)}: {_joined(tuple(line.text for line in cell))}"
        return
    for cell in row.cells:
        yield from ("  " * line.level + plain(line.text) for line in cell)


def _then(page: Page, then: Then) -> str:
    strength = f" ({plain(then.strength)})" if then.strength else ""
    see = f" [page {page.number(then.page)}]" if then.page else ""
    notes = f" [{_joined(then.notes)}]" if then.notes else ""
    return f"{WORDS[then.kind]}{strength}: {_joined(then.lines)}{notes}{see}"


def _told(page: Page, box: Box) -> str:
    strength = f" ({plain(box.detail)})" if box.detail else ""
    below = tuple(_below(page, box))
    small = f" [{'; '.join(below)}]" if below else ""
    return f"{WORDS[box.kind]}{strength}: {_joined(box.lines)}{small}"


def _below(page: Page, box: Box) -> Iterator[str]:
    """Yield the small print of a box: notes, how it can end, the page that shows it."""
    yield from map(plain, box.small)
    if box.ends_lead:
        yield box.ends_lead
    yield from (_ending(ending) for ending in box.endings)
    if box.page:
        yield f"page {page.number(box.page)}"


def _ending(ending: Ending) -> str:
    word = WORDS[ending.kind]
    return plain(ending.text if ending.text.startswith(f"{word}: ") else f"{word}: {ending.text}")


def _term(term: Term) -> Iterator[str]:
    value = f" [{plain(term.value)}]" if term.value else ""
    yield f"  {plain(term.label)}{value}"
    yield from (f"    {plain(line)}" for line in term.lines)


def _place(page: Page) -> str:
    number = page.numbers.get(page.name)
    return f"page {number} of {len(page.numbers)}, {page.name}" if number else f"page {page.name}"


def _find(page: Page, key: str) -> Box:
    return next(box for box in page.boxes if box.key == key)


def _joined(lines: tuple[str, ...]) -> str:
    return "; ".join(plain(line) for line in lines)


def _sign(state: State) -> str:
    return "> " if state == "lit" else "  "


def _badges(badges: tuple[Badge, ...], indent: str) -> list[str]:
    codes = (f" [{badge.code}]" if badge.code else "" for badge in badges)
    return [
        f"{indent}! {plain(badge.text)}{code}" for badge, code in zip(badges, codes, strict=True)
    ]
