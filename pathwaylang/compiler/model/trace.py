"""Traceability both ways: numbers back to what is cited, statements forward to what uses them.

Findings: PW0703 (a number in a condition stands in none of the statements that its line cites; only
for lines that rest on citations alone), PW0704 (a statement that nothing cites and that is not
background). Numbers are compared by value, so 2.0 is 2; zero needs no source.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from pathwaylang.compiler.model.names import Space
from pathwaylang.compiler.model.nodes import Model
from pathwaylang.compiler.model.quantities import quantity_text
from pathwaylang.compiler.model.scope import Build, Numbered
from pathwaylang.compiler.syntax import nodes as syntax
from pathwaylang.diagnostics import Label
from pathwaylang.ir.graph import Citable
from pathwaylang.ir.units import format_number

_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+(?:[.·]\d+)?|\d+(?:[.·]\d+)?", re.ASCII)
_MOST_DIGITS = 40
_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def numbers_in(text: str) -> frozenset[Fraction]:
    """Return the numbers of a text, also those inside words and small ones written in words.

    >>> sorted(map(int, numbers_in("a 28-day window, at most two of 1,500")))
    [2, 28, 1500]
    """
    found = {
        Fraction(word.replace(",", "").replace("·", "."))
        for word in _NUMBER.findall(text)
        if len(word) <= _MOST_DIGITS
    }
    spoken = set(re.findall(r"[a-z]+", text.casefold()))
    found |= {Fraction(at) for at, word in enumerate(_WORDS, start=1) if word in spoken}
    return frozenset(found)


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
            yield from (expr.range.low, expr.range.high)
        case syntax.Is():
            yield from (value for value in expr.values if isinstance(value, syntax.Quantity))
        case syntax.AndExpr() | syntax.OrExpr() | syntax.Bullets():
            for item in expr.items:
                yield from quantities_in(item)
        case syntax.Reference() | syntax.IsKnown() | syntax.TrackRecommends():
            return


def check_numbers(build: Build) -> None:
    """Report numbers of conditions that none of their cited statements holds."""
    known: dict[str, frozenset[Fraction]] = {}
    for numbered in build.numbered:
        if numbered.basis.cites and not numbered.basis.opinions:
            _check_condition(build, numbered, known)


def _check_condition(
    build: Build, numbered: Numbered, known: dict[str, frozenset[Fraction]]
) -> None:
    allowed: set[Fraction] = set()
    for cite in numbered.basis.cites:
        if cite not in build.cited:
            return
        if cite not in known:
            known[cite] = _cited_numbers(build, cite)
        allowed |= known[cite]
    reported: set[Fraction] = set()
    for quantity in quantities_in(numbered.condition):
        value = abs(quantity.value)
        if value == 0 or value in allowed or value in reported:
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


def _cited_numbers(build: Build, cite: str) -> frozenset[Fraction]:
    """Return the numbers of a statement, or of all statements of a source."""
    name, _, statement = cite.partition(".")
    declared = build.names.find(Space.SOURCES, name)
    if declared is None or not isinstance(declared.node, syntax.SourceItem):
        return frozenset()
    texts = [
        text
        for says in declared.node.says
        if not statement or says.id.text == statement
        for text in (says.text.value, *_quotes(says))
    ]
    return frozenset().union(*map(numbers_in, texts))


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
