"""Text -> syntax tree, item by item.

In: a `Source`. Out: a `File` with every item that could be read, and one finding per item that
could not. No text makes it raise. The stretches in `File.broken` are those that the formatter must
copy: items that were not read, and items that were read as something else than their text says.
"""

from __future__ import annotations

from dataclasses import dataclass

from lark import UnexpectedToken

from pathwaylang.compiler.syntax import faults
from pathwaylang.compiler.syntax.checks import check_head, check_item, second_head
from pathwaylang.compiler.syntax.explain import explain
from pathwaylang.compiler.syntax.lexemes import Chunk
from pathwaylang.compiler.syntax.lines import Lines
from pathwaylang.compiler.syntax.nodes import File, Head, Item
from pathwaylang.compiler.syntax.parser import parse_item
from pathwaylang.compiler.syntax.patterns import NOT_TEXT
from pathwaylang.compiler.syntax.scanner import scan_items
from pathwaylang.diagnostics import Diagnostic, Source, Span, sorted_diagnostics

MAX_FINDINGS = 200
"""After so many findings a file is not read further; it is no pathway."""

MAX_LENGTH = 5_000_000
"""Longest text that is read, in characters."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """A syntax tree, as far as the text could be read, and the findings."""

    file: File
    diagnostics: tuple[Diagnostic, ...]


def parse_file(source: Source) -> Parsed:
    """Return the syntax tree of a source; never raises."""
    problem = _unreadable(source)
    whole = source.span(0, len(source.text))
    if problem is not None:
        return Parsed(File(None, (), (), (whole,), whole), (problem,))
    lines = Lines(source)
    head: Head | None = None
    items: list[Item] = []
    broken: list[Span] = []
    diagnostics: list[Diagnostic] = []
    for chunk in scan_items(lines):
        item, findings = read_chunk(chunk)
        diagnostics.extend(findings)
        if isinstance(item, Head) and head is not None:
            diagnostics.append(second_head(item, head))
            item = None
        if isinstance(item, Head):
            head = item
        if item is not None:
            items.append(item)
        if item is None or chunk.is_altered:
            broken.append(source.span(chunk.start, chunk.end))
        if len(diagnostics) > MAX_FINDINGS:
            broken[-1] = source.span(broken[-1].start, len(source.text))
            diagnostics[-1] = faults.too_many(diagnostics[-1])
            break
    diagnostics.extend(check_head(items, head, broken, whole))
    rest = tuple(item for item in items if item is not head)
    file = File(head, rest, tuple(lines.comments), tuple(broken), whole)
    return Parsed(file, sorted_diagnostics(tuple(diagnostics)))


def _unreadable(source: Source) -> Diagnostic | None:
    text = source.text
    if len(text) > MAX_LENGTH:
        return faults.unreadable(
            source.span(0, 1),
            f"the file is too large: {len(text)} characters, of at most {MAX_LENGTH}",
            "move parts of it into modules and name them with `use`.",
        )
    if not text.strip("\ufeff \t\r\n"):
        return faults.unreadable(
            source.span(0, 0), "the file is empty", 'start it with `pathway name "Title"`.'
        )
    match = NOT_TEXT.search(text)
    if match is None:
        return None
    return faults.unreadable(
        source.span(match.start(), match.end()),
        f"the file is not text: it holds the character U+{ord(match[0]):04X}",
        "save it as plain text in UTF-8.",
    )


def read_chunk(chunk: Chunk) -> tuple[Item | None, tuple[Diagnostic, ...]]:
    """Return the node of one item, None if it could not be read, and its findings."""
    told = tuple(chunk.faults)
    if chunk.is_hopeless:
        return None, told
    is_head = bool(chunk.lexemes) and chunk.lexemes[0].type in ("PATHWAY", "MODULE", "OVERLAY")
    try:
        item = parse_item(chunk.lexemes, "head" if is_head else "item")
    except UnexpectedToken as error:
        return None, told if chunk.is_guess else (*told, explain(error, chunk))
    problems = tuple(check_item(item, chunk))
    return (None, (*told, *problems)) if problems else (item, told)
