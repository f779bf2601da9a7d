"""Small faults to plant in a pathway, one at a time, as edits of its text.

In: the files of a pathway and the steps of its numbers. Out: mutants: a branch, row, line of a
score or classification, bullet, `impossible` or `unknown means no` dropped; a limit or the end of a
range moved by one step; `<` and `<=` exchanged; the outcomes of two neighbours swapped.

Invariants: every mutant differs from the text; the order depends on nothing but text and seed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from fractions import Fraction
from itertools import pairwise

from pathwaylang.compiler.qa.repair import apply_edits
from pathwaylang.compiler.syntax.nodes import File
from pathwaylang.compiler.syntax.nodes_conditions import Bullets, Compare, Reference
from pathwaylang.compiler.syntax.nodes_decisions import CompareCell, Decide, TableItem
from pathwaylang.compiler.syntax.nodes_items import Classify, ScoreItem
from pathwaylang.compiler.syntax.nodes_lines import UnknownMeansNo
from pathwaylang.compiler.syntax.nodes_rules import ImpossibleItem
from pathwaylang.compiler.syntax.nodes_words import Quantity, Range
from pathwaylang.diagnostics import Edit, Source, Span
from pathwaylang.ir.exact import write_exact

Steps = Mapping[str, tuple[Fraction, str]]
Fault = tuple[str, tuple[Edit, ...]]

_FLIPPED = {"<": "<=", "<=": "<", ">": ">=", ">=": ">"}


@dataclass(frozen=True, slots=True)
class Mutant:
    """One fault: what was done, on which line, and the whole text with it."""

    fault: str
    line: int
    source: Source


def find_mutants(files: Iterable[tuple[Source, File]], steps: Steps) -> tuple[Mutant, ...]:
    """Return all mutants, by file and line; `steps` gives step and unit of the numbers."""
    found: dict[str, Mutant] = {}
    for source, file in files:
        for fault, edits in _faults(source, file, steps):
            changed = apply_edits(source, edits)
            if changed.text != source.text:
                line = source.text.count("\n", 0, edits[0].span.start) + 1
                found.setdefault(changed.name + "\0" + changed.text, Mutant(fault, line, changed))
    return tuple(sorted(found.values(), key=lambda m: (m.source.name, m.line, m.fault)))


def sample(mutants: tuple[Mutant, ...], size: int, seed: int) -> tuple[Mutant, ...]:
    """Return as many mutants as asked for, chosen by the seed, in their order."""

    def rank(index: int) -> bytes:
        return hashlib.sha256(f"{seed}:{index}".encode()).digest()

    chosen = sorted(range(len(mutants)), key=rank)[:size]
    return tuple(mutants[index] for index in sorted(chosen))


def _nodes(node: object) -> Iterator[object]:
    """Yield a node of the tree and all below it, in the order written."""
    if isinstance(node, tuple):
        for item in node:
            yield from _nodes(item)
    elif is_dataclass(node) and not isinstance(node, Span | type):
        yield node
        for part in fields(node):
            yield from _nodes(getattr(node, part.name))


def _faults(source: Source, file: File, steps: Steps) -> Iterator[Fault]:
    for node in _nodes(file.items):
        yield from _structural(source, node)
        yield from _numeric(source, node, steps)


def _structural(source: Source, node: object) -> Iterator[Fault]:
    match node:
        case Decide(branches=branches):
            yield from _dropped(source, branches, "branch dropped")
            yield from _exchanged(source, [branch.outcome.span for branch in branches])
        case TableItem(rows=rows):
            yield from _dropped(source, rows, "row dropped")
            yield from _exchanged(source, [row.cells[-1].span for row in rows])
        case Bullets(items=bullets):
            yield from _dropped(source, bullets, "bullet dropped")
        case Classify(lines=lines) | ScoreItem(lines=lines):
            yield from _dropped(source, lines, "line dropped")
        case ImpossibleItem():
            yield "constraint dropped", (_without(source, node.span),)
        case UnknownMeansNo():
            yield "`unknown means no` dropped", (_without(source, node.span),)


def _numeric(source: Source, node: object, steps: Steps) -> Iterator[Fault]:
    match node:
        case Compare():
            yield from _compared(source, node, steps)
        case CompareCell():
            place = Span(source.name, node.span.start, node.span.start + len(node.operator))
            yield "comparison flipped", (Edit(place, _FLIPPED[node.operator]),)
            yield from _moved(source, node.value, None, "limit moved")
        case Range():
            for end in (node.low, node.high):
                yield from _moved(source, end, None, "end of a range moved")


def _exchanged(source: Source, spans: list[Span]) -> Iterator[Fault]:
    for first, second in pairwise(spans):
        yield "outcomes swapped", _swapped(source, first, second)


def _dropped(source: Source, parts: Iterable[object], fault: str) -> Iterator[Fault]:
    spans = [span for part in parts if isinstance(span := getattr(part, "span", None), Span)]
    for span in spans if len(spans) > 1 else ():
        yield fault, (_without(source, span),)


def _without(source: Source, span: Span) -> Edit:
    """Return the edit that takes whole lines away."""
    start = source.text.rfind("\n", 0, span.start) + 1
    end = source.text.find("\n", span.end)
    return Edit(Span(source.name, start, len(source.text) if end < 0 else end + 1), "")


def _swapped(source: Source, first: Span, second: Span) -> tuple[Edit, ...]:
    text = source.text
    return (
        Edit(first, text[second.start : second.end]),
        Edit(second, text[first.start : first.end]),
    )


def _compared(source: Source, node: Compare, steps: Steps) -> Iterator[Fault]:
    left, right = node.left.span, node.right.span
    at = source.text.find(node.operator, left.end, right.start)
    if at >= 0:
        place = Span(source.name, at, at + len(node.operator))
        yield "comparison flipped", (Edit(place, _FLIPPED[node.operator]),)
    if isinstance(node.right, Quantity):
        step = steps.get(node.left.parts[-1].text) if isinstance(node.left, Reference) else None
        yield from _moved(source, node.right, step, "limit moved")


def _moved(
    source: Source, number: Quantity, step: tuple[Fraction, str] | None, fault: str
) -> Iterator[Fault]:
    """Yield a number one step up and down: of its fact where the units agree, else as written."""
    start, digits = number.span.start, number.digits
    if not source.text.startswith(digits, start):
        return
    unit = number.unit.text if number.unit is not None else ""
    size = Fraction(1, 10 ** len(digits.partition(".")[2]))
    if step is not None and unit in ("", step[1]):
        size = step[0]
    place = Span(source.name, start, start + len(digits))
    for moved in (number.value + size, number.value - size):
        if moved >= 0:
            yield f"{fault} to {write_exact(moved)}", (Edit(place, write_exact(moved)),)
