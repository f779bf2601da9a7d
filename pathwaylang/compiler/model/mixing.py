"""`and` beside `or` without brackets (PW0205): say in which cases the two readings differ.

Both readings are compared over all combinations of the facts they read, each number cut at the
constants that occur, weighted by how many values each cell holds. Where there are too many, or
formulas are involved, the finding says only that they can differ. Unknown values are left aside.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import product
from math import prod

from pathwaylang.compiler.model.nodes import Model
from pathwaylang.compiler.model.reads import derived_guards, derived_names, derived_terms
from pathwaylang.compiler.model.scope import Build, Mixed
from pathwaylang.diagnostics import Label
from pathwaylang.ir.cells import Cells, choice_cells, interval_cuts, nearest_value, number_cells
from pathwaylang.ir.derive import Values
from pathwaylang.ir.derived import Derived
from pathwaylang.ir.facts import Fact, Value
from pathwaylang.ir.guards import (
    Guard,
    Holds,
    OneOf,
    Recommends,
    Relation,
    Within,
    guard_atoms,
    guard_names,
    term_names,
)
from pathwaylang.ir.units import format_number

_MOST = 20_000


def report_mixed(build: Build, model: Model) -> None:
    """Report every condition that mixes `and` and `or` without brackets."""
    facts = {fact.name: fact for fact in model.facts}
    derived = {item.name: item for item in model.derived}
    for mixed in build.mixed:
        (first, _), (second, _) = mixed.readings
        build.report.add(
            "PW0205",
            "`and` and `or` are mixed without brackets",
            Label(mixed.span),
            notes=(
                f"This can mean {first}, or {second}.",
                _difference(mixed, facts, derived),
            ),
            help=f"put brackets, as you mean it: `{first}`, or `{second}`.",
        )


def _difference(mixed: Mixed, facts: Mapping[str, Fact], derived: Mapping[str, Derived]) -> str:
    guards = tuple(guard for _, guard in mixed.readings)
    closure = _closure(guards, facts, derived)
    if closure is None:
        return "The two can differ."
    known, conditions, used = closure
    cells = [_cells(fact, conditions) for fact in known]
    if prod(len(item.counts) for item in cells) > _MOST:
        return "The two can differ."
    total = differing = 0
    example: dict[str, Value] | None = None
    for case, weight in _cases(known, cells):
        total += weight
        values = Values(case, used)
        if values.truth(guards[0]) is not values.truth(guards[1]):
            differing += weight
            example = example or case
    if example is None:
        return f"In all {total} cases both come out alike, but a reader cannot see that."
    shown = ", ".join(_told(fact, example[fact.name]) for fact in known)
    return f"They differ in {differing} of {total} cases, for example: {shown}."


def _closure(
    guards: tuple[Guard, ...], facts: Mapping[str, Fact], derived: Mapping[str, Derived]
) -> tuple[list[Fact], list[Guard], dict[str, Derived]] | None:
    """Return facts, conditions and definitions that count; None where cells cannot tell."""
    conditions, used, leaves = list(guards), dict[str, Derived](), dict[str, Fact]()
    waiting = [name for guard in guards for name in guard_names(guard)]
    while waiting:
        name = waiting.pop(0)
        if name in facts:
            leaves[name] = replace(facts[name], may_be_unknown=False)
        elif name not in derived:
            return None
        elif name not in used:
            item = used[name] = derived[name]
            if any(any(term_names(term)) for term in derived_terms(item)):
                return None
            conditions.extend(derived_guards(item))
            waiting.extend(derived_names(item))
    if any(isinstance(a, Relation | Recommends) for g in conditions for a in guard_atoms(g)):
        return None
    return list(leaves.values()), conditions, used


def _cells(fact: Fact, conditions: list[Guard]) -> Cells:
    atoms = [atom for guard in conditions for atom in guard_atoms(guard)]
    if fact.fact_kind == "number":
        cuts = [
            cut
            for atom in atoms
            if isinstance(atom, Within) and atom.name == fact.name
            for interval in atom.intervals
            for cut in interval_cuts(interval)
        ]
        return number_cells(fact, cuts)
    tests = [atom.values for atom in atoms if isinstance(atom, OneOf) and atom.name == fact.name]
    if any(isinstance(atom, Holds) and atom.name == fact.name for atom in atoms):
        tests.append(("yes",))
    return choice_cells(fact, tests)


def _cases(facts: list[Fact], cells: list[Cells]) -> Iterator[tuple[dict[str, Value], int]]:
    typical = [fact.usually for fact in facts]
    choices = [
        [(nearest_value(fact, cell, i, usual), cell.counts[i]) for i in range(len(cell.counts))]
        for fact, cell, usual in zip(facts, cells, typical, strict=True)
    ]
    for combination in product(*choices):
        case = {fact.name: value for fact, (value, _) in zip(facts, combination, strict=True)}
        yield case, prod(count for _, count in combination)


def _told(fact: Fact, value: Value) -> str:
    """Return a value as `given` writes it."""
    if isinstance(value, bool):
        return fact.name if value else f"not {fact.name}"
    if isinstance(value, str):
        return f"{fact.name} is {value}"
    return f"{fact.name} is {format_number(value)}" + (f" {fact.unit}" if fact.unit else "")
