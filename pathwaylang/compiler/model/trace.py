"""Traceability both ways: numbers back to what is cited, statements forward to what uses them.

Findings: PW0703 (a number in a condition stands in none of the statements that its line cites; only
for lines that rest on citations alone), PW0704 (a statement that nothing cites and that is not
background). Numbers are compared by value, so 2.0 is 2, and with units, so 3 cm is 30 mm; zero
needs no source.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache

from pathwaylang.compiler.model.names import Space
from pathwaylang.compiler.model.nodes import Model
from pathwaylang.compiler.model.quantities import quantity_text
from pathwaylang.compiler.model.scope import Build, Numbered
from pathwaylang.compiler.syntax import nodes as syntax
from pathwaylang.diagnostics import Label
from pathwaylang.ir.graph import Citable
from pathwaylang.ir.units import Unit, convert, format_number, parse_unit

_NUMBER = r"\d{1,3}(?:,\d{3})+(?:[.·]\d+)?|\d+(?:[.·]\d+)?"
_MEASURED = re.compile(
    rf"({_NUMBER})(?:[ \u00a0\u202f-]?((?:[^\W\d_]|[%°µ])[\w%/^*µ]*(?:\.[\w%/^*]+)*))?", re.ASCII
)
_MOST_DIGITS = 40
_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")

_NO_UNITS = frozenset(("as", "us"))
"""Words of a sentence that could be read as units of time."""

Written = tuple[Fraction, Unit | None]
"""A number of a text, with the unit that follows it, if one does."""


def numbers_in(text: str) -> tuple[Written, ...]:
    """Return the numbers of a text, also those inside words and small ones written in words.

    >>> [
    ...     (int(n), unit and unit.text)
    ...     for n, unit in numbers_in("30-mm margin, at most two of 1,500")
    ... ]
    [(30, 'mm'), (1500, None), (2, None)]
    """
    found: list[Written] = [
        (Fraction(digits.replace(",", "").replace("·", ".")), _unit(word))
        for digits, word in _MEASURED.findall(text)
        if len(digits) <= _MOST_DIGITS
    ]
    spoken = set(re.findall(r"[a-z]+", text.casefold()))
    found += [(Fraction(at), None) for at, word in enumerate(_WORDS, start=1) if word in spoken]
    return tuple(found)


def _unit(word: str) -> Unit | None:
    """Return the unit that a word is; a single letter may be anything, such as a class."""
    is_meant = word not in _NO_UNITS and (len(word) > 1 or word in ("%", "L", "g", "h"))
    unit = parse_unit(word) if is_meant else None
    return unit if isinstance(unit, Unit) else None


def quantities_in(expr: syntax.Expr) -> Iterator[syntax.Quantity]:  # noqa: C901 - one arm per kind
    """Yield the numbers written in a condition or formula, in order."""
    match expr:
        case syntax.Quantity():
            yield expr
        case syntax.Paren() | syntax.NotExpr():
            yield from quantities_in(expr.item)
        case syntax.Arithmetic() | syntax.Compare():
            yield from quantities_in(expr.left)
            yield from quantities_in(expr.right)
        case syntax.CallExpr():
            for argument in expr.arguments:
                yield from quantities_in(argument)
        case syntax.InRange():
            yield from quantities_in(expr.left)
            low, high, unit = expr.range.low, expr.range.high, expr.range.unit
            yield from (replace(end, unit=end.unit or unit) for end in (low, high))
        case syntax.Is():
            yield from (value for value in expr.values if isinstance(value, syntax.Quantity))
        case syntax.AndExpr() | syntax.OrExpr() | syntax.Bullets():
            for item in expr.items:
                yield from quantities_in(item)
        case syntax.Reference() | syntax.IsKnown() | syntax.TrackRecommends():
            return


def check_numbers(build: Build) -> None:
    """Report numbers of conditions that none of their cited statements holds."""
    known: dict[str, tuple[Written, ...]] = {}
    for numbered in build.numbered:
        if numbered.basis.cites and not numbered.basis.opinions:
            _check_condition(build, numbered, known)


def _check_condition(
    build: Build, numbered: Numbered, known: dict[str, tuple[Written, ...]]
) -> None:
    written: list[Written] = []
    for cite in numbered.basis.cites:
        if cite not in build.cited:
            return
        if cite not in known:
            texts = _cited_texts(build, cite)
            known[cite] = tuple(number for text in texts for number in _kept_numbers(text))
        written += known[cite]
    reported: set[Fraction] = set()
    for quantity in quantities_in(numbered.condition):
        value = abs(quantity.value)
        if value == 0 or value in reported or _is_among(quantity, written):
            continue
        reported.add(value)
        build.report.add(
            "PW0703",
            f"the number `{quantity_text(quantity)}` is in no statement that is cited here",
            Label(quantity.span),
            notes=(f"Cited is {', '.join(numbered.basis.cites)}.",),
            help="cite the statement that gives the number, or add "
            f'`opinion "…"` if {format_number(value)} is expert opinion.',
        )


@lru_cache(maxsize=4096)
def _kept_numbers(text: str) -> tuple[Written, ...]:
    """Return the numbers of a text; an editor asks for the same ones after every keystroke."""
    return tuple(numbers_in(text))


def _is_among(quantity: syntax.Quantity, written: list[Written]) -> bool:
    """Tell whether a quantity is written; a unit that only one side has is taken on trust."""
    value = abs(quantity.value)
    own = parse_unit(quantity.unit.text) if quantity.unit is not None else None
    for number, unit in written:
        if unit is None or not isinstance(own, Unit):
            if number == value:
                return True
        elif convert(number, unit, own) == value:
            return True
    return False


def _cited_texts(build: Build, cite: str) -> Iterator[str]:
    """Yield the texts of a statement, or of all statements of a source."""
    name, _, statement = cite.partition(".")
    declared = build.names.find(Space.SOURCES, name)
    if declared is None or not isinstance(declared.node, syntax.SourceItem):
        return
    for says in declared.node.says:
        if not statement or says.id.text == statement:
            yield says.text.value
            yield from _quotes(says)


def _quotes(says: syntax.Says) -> Iterator[str]:
    for attr in says.attrs:
        if isinstance(attr, syntax.Prose) and attr.word == "quote":
            yield attr.text.value


def check_statements(build: Build, model: Model) -> None:
    """Report statements that nothing cites and that are not background."""
    for source in model.sources:
        if source.name not in build.cited:
            _check_source(build, source)


def _check_source(build: Build, source: Citable) -> None:
    for statement in source.statements:
        cite = f"{source.name}.{statement.id}"
        if statement.background or cite in build.cited or statement.span is None:
            continue
        build.report.add(
            "PW0704",
            f"nothing cites `{cite}`",
            Label(statement.span),
            help='cite it where it is followed, or add the line `background "why not"`.',
        )
