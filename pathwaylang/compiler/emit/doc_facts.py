"""The parts of the document about facts and what is derived from them.

Facts and derived facts of a graph go in, tables in Markdown come out: what may be known, in which
range and unit, how it is asked, and how definitions, classifications and scores follow from it.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import assert_never

from pathwaylang.compiler.emit.doc_order import facts_of_groups
from pathwaylang.compiler.emit.markdown import BREAK, cite_links, md, md_lines, table
from pathwaylang.compiler.emit.quantities import interval_words, number_words, unit_words
from pathwaylang.compiler.emit.text import listed
from pathwaylang.compiler.emit.words import Words
from pathwaylang.ir.derived import (
    Basis,
    Classification,
    Condition,
    Derived,
    Formula,
    Piecewise,
    Score,
)
from pathwaylang.ir.facts import Fact
from pathwaylang.ir.graph import DecisionGraph
from pathwaylang.ir.guards import Guard

_OTHERWISE = "in all other cases"
INDENT = "&emsp;"
"""What sets a line of a condition one level in, inside a cell."""


def fact_section(graph: DecisionGraph) -> list[str]:
    """Return a table of facts for each group, in the order in which they are read."""
    lines: list[str] = []
    for group, facts in facts_of_groups(graph):
        if group:
            lines += [f"### {md(group)}", ""]
        rows = [
            (md(f.label), f"`{f.name}`", md(fact_values(f)), md(_usually(f)), _asked(f))
            for f in facts
        ]
        lines += table(["Fact", "Name", "Values", "Usually", "Question and notes"], rows)
    return lines


def fact_values(fact: Fact) -> str:
    """Return the values a fact may have, in words."""
    unknown = ", or unknown" if fact.may_be_unknown else ""
    match fact.fact_kind:
        case "yes/no":
            return f"yes or no{unknown}"
        case "choice":
            return listed(tuple(choice.label for choice in fact.choices)) + unknown
        case "number":
            kind = "whole number, " if fact.whole else ""
            told = interval_words(fact.range, unit_words(fact.unit)) if fact.range else "any number"
            has_step = fact.step is not None and not fact.whole
            step = f", in steps of {number_words(fact.step)}" if has_step and fact.step else ""
            return f"{kind}{told}{step}{unknown}"


def _usually(fact: Fact) -> str:
    match fact.usually:
        case None:
            return ""
        case bool():
            return "yes" if fact.usually else "no"
        case Fraction():
            return f"{number_words(fact.usually)} {unit_words(fact.unit)}".strip()
        case str():
            labels = {choice.name: choice.label for choice in fact.choices}
            return labels.get(fact.usually, fact.usually)


def _asked(fact: Fact) -> str:
    codes = (f"{code.system} {code.code} {code.display}".strip() for code in fact.codes)
    valid = f"valid for {fact.valid_days} days" if fact.valid_days is not None else ""
    return md_lines((fact.ask, *codes, valid, *fact.notes))


def derived_section(graph: DecisionGraph, words: Words) -> list[str]:
    """Return what follows from the facts: a paragraph for each definition, a table for the rest."""
    lines: list[str] = []
    for derived in graph.derived:
        lines += [f"### {md(derived.label)}", "", f"Name: `{derived.name}`", ""]
        if isinstance(derived, Classification | Score | Piecewise):
            lines += about_lines(derived.basis)
        lines += _derived(derived, words)
    return lines


def about_lines(basis: Basis) -> list[str]:
    """Return what is said of a list as a whole: its reasons and its notes."""
    return [line for text in (*basis.because, *basis.notes) for line in (md(text), "")]


def _derived(derived: Derived, words: Words) -> list[str]:
    match derived:
        case Condition():
            cell = condition_cell(derived.guard, words)
            return table(["Holds when", "Rests on"], [(cell, basis_cell(derived.basis))])
        case Formula():
            unit = unit_words(derived.unit) or "plain numbers"
            told = md(f"{_bare(words.term(derived.term))}, in {unit}")
            return table(["Formula", "Rests on"], [(told, basis_cell(derived.basis))])
        case Piecewise():
            unit = unit_words(derived.unit)
            return table(
                [f"Value {md(unit)}".strip(), "When", "Rests on"],
                (_line(words.term(p.term), p.guard, p.basis, words) for p in derived.pieces),
            )
        case Classification():
            labels = {value.name: value.label for value in derived.values}
            order = ["The first line that holds counts.", ""] if derived.in_order else []
            rows = (_line(labels[c.value], c.guard, c.basis, words) for c in derived.lines)
            return [*order, *table(["Value", "When", "Rests on"], rows)]
        case Score():
            return table(
                ["Points", "When", "Rests on"],
                (_line(number_words(a.points), a.guard, a.basis, words) for a in derived.lines),
            )
        case _:
            assert_never(derived)


def _bare(formula: str) -> str:
    """Return a formula without the brackets around all of it."""
    depth = 0
    for index, sign in enumerate(formula):
        depth += (sign == "(") - (sign == ")")
        if depth == 0 and index < len(formula) - 1:
            return formula
    return formula.removeprefix("(").removesuffix(")")


def _line(value: str, guard: Guard | None, basis: Basis, words: Words) -> tuple[str, str, str]:
    return md(value), _when(guard, words), basis_cell(basis)


def _when(guard: Guard | None, words: Words) -> str:
    return _OTHERWISE if guard is None else condition_cell(guard, words)


def condition_cell(guard: Guard, words: Words) -> str:
    """Return a condition in words in one cell, bullets as lines."""
    return BREAK.join(
        INDENT * line.level + md(line.text) for line in words.condition(guard) if line.text
    )


def basis_cell(basis: Basis) -> str:
    """Return what a line rests on, in one cell."""
    return BREAK.join(filter(None, (cite_links(basis.cites), md_lines(_said(basis)))))


def _said(basis: Basis) -> Iterable[str]:
    yield from (f"opinion: {text}" for text in basis.opinions)
    yield from (f"because: {text}" for text in basis.because)
    yield from (f"note: {text}" for text in basis.notes)
