"""What the grammar cannot say: rows as wide as their table, references in one kind of cell, depth.

In: an item as it was read. Out: findings; an item with one is kept out of the tree. The depth of
brackets and bullets is bounded by the scanner; here it is bounded for what nests without brackets
(`not not …`, a very long sum), so that no later pass needs to fear a deep tree.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from pathwaylang.compiler.syntax import faults, nodes
from pathwaylang.compiler.syntax.lexemes import Chunk
from pathwaylang.diagnostics import Diagnostic, Label, Span, finding

MAX_DEPTH = 150
"""Deepest tree, counted in nodes. Later passes recurse, a few calls per node."""

_NESTING = frozenset(("NOT", "PLUS", "MINUS", "STAR", "SLASH", "LPAR"))


def check_item(item: nodes.Item, chunk: Chunk) -> Iterator[Diagnostic]:
    """Yield what is wrong with an item that the grammar has accepted."""
    nesting = sum(1 for lexeme in chunk.lexemes if lexeme.type in _NESTING)
    if nesting > MAX_DEPTH // 4:
        yield from _check_depth(item)
    if isinstance(item, nodes.TableItem):
        yield from _check_table(item)


def _check_depth(item: nodes.Item) -> Iterator[Diagnostic]:
    """Walk the tree without recursion and tell of the first node that lies too deep."""
    stack: list[tuple[object, int, Span]] = [(item, 0, item.span)]
    while stack:
        value, depth, place = stack.pop()
        if isinstance(value, tuple):
            stack.extend((part, depth, place) for part in value)
        elif is_dataclass(value) and not isinstance(value, Span | type):
            place = getattr(value, "span", place)
            if depth > MAX_DEPTH:
                yield faults.too_deep(place, "parts of a condition", MAX_DEPTH)
                return
            children = (getattr(value, part.name) for part in fields(value))
            stack.extend((child, depth + 1, place) for child in children)


def _check_table(table: nodes.TableItem) -> Iterator[Diagnostic]:
    wanted = len(table.columns)
    heading = table.columns[0].span.to(table.columns[-1].span)
    for row in table.rows:
        if len(row.cells) != wanted:
            more = "more" if len(row.cells) > wanted else "fewer"
            yield finding(
                "PW0213",
                f"this row has {len(row.cells)} cells, {more} than the {wanted} of its heading",
                Label(row.span),
                Label(heading, f"{wanted} columns"),
                help="give each column one cell; a cell that does not matter holds `any`.",
            )
            return
        for cell in row.cells:
            if isinstance(cell, nodes.RefsCell):
                yield from _check_refs(cell)


def _check_refs(cell: nodes.RefsCell) -> Iterator[Diagnostic]:
    for reference in cell.refs:
        if not reference.parts[0].text:
            yield finding(
                "PW0209",
                "a cell holds references or values, not both",
                Label(reference.span),
                help="write only references here, with commas between them.",
            )
            return


# ------------------------------------------------------------------ the head of the file


def second_head(item: nodes.Head, head: nodes.Head) -> Diagnostic:
    """Return the finding for a head behind the first one."""
    return finding(
        "PW0212",
        "a file has one head",
        Label(item.name.span),
        Label(head.name.span, "the first"),
        help="remove it, or put what follows into a file of its own.",
    )


def check_head(
    items: list[nodes.Item], head: nodes.Head | None, broken: list[Span], whole: Span
) -> Iterator[Diagnostic]:
    """Yield what is wrong with the head: none, not at the top, or a second one.

    Where something at the top could not be read, a missing head is not told: it may be that.
    """
    first = items[0] if items else None
    start = first.span.start if first else whole.end
    if head is None and not any(span.start < start for span in broken):
        place = first.span.start if first else whole.start
        yield finding(
            "PW0211",
            "the file does not say what it is",
            Label(Span(whole.source, place, place)),
            help='start it with `pathway name "Title"`, or with `module` if it only shares '
            "definitions.",
        )
    if head is not None and first is not None and first is not head:
        yield finding(
            "PW0202",
            f"`{head.word}` stands first in a file",
            Label(head.name.span),
            Label(first.span, "this stands before it"),
            help="move it, with its lines, to the top of the file.",
        )
