"""Facts have a domain, and their cells partition it.

A yes/no or choice fact has words, a number has a bounded range and perhaps a grid; `usually` lies
inside. The cells of a word fact hold each word once; the cuts of a number ascend, on its grid.
"""

from __future__ import annotations

import re
from itertools import pairwise

from pathwaylang.ir.cells import Cells, Cut, grid, grid_size
from pathwaylang.ir.compiled import Artifact
from pathwaylang.ir.facts import UNKNOWN, Fact, Value
from pathwaylang.ir.integrity.require import require, require_unique
from pathwaylang.ir.units import UnitProblem, parse_unit

_NAME = re.compile(r"\w{1,200}\Z")


def check_domains(artifact: Artifact) -> None:
    """Check facts, cells and constants; raise `ArtifactError` where one does not fit."""
    facts = artifact.graph.facts
    names = require_unique((fact.name for fact in facts), "facts")
    require(all(map(_NAME.match, names)), "a fact has a name that is none")
    cells = {item.fact: item for item in artifact.cells}
    require(len(cells) == len(artifact.cells), "a fact has its cells twice")
    require(cells.keys() == {fact.name for fact in facts}, "its cells do not match its facts")
    numbers = {fact.name for fact in facts if fact.fact_kind == "number"}
    for fact in facts:
        _check_fact(fact)
        (_check_number_cells if fact.name in numbers else _check_groups)(fact, cells[fact.name])
    for name, cuts in artifact.constants:
        require(name in numbers, f"constants of `{name}`, which is no number")
        check_cuts(cuts, name)


def check_cuts(cuts: tuple[Cut, ...], name: str) -> None:
    """Check that cuts ascend."""
    require(all(side in (0, 1) for _, side in cuts), f"a cut of `{name}` has no side")
    require(all(a < b for a, b in pairwise(cuts)), f"the cuts of `{name}` do not ascend")


def words_of(fact: Fact) -> tuple[str, ...]:
    """Return the values of a yes/no or choice fact as words."""
    if fact.fact_kind == "yes/no":
        return ("yes", "no")
    return tuple(choice.name for choice in fact.choices)


def _check_fact(fact: Fact) -> None:
    if fact.fact_kind == "number":
        _check_range(fact)
    elif fact.fact_kind == "choice":
        names = require_unique((choice.name for choice in fact.choices), f"values of {fact.name}")
        require(bool(names) and UNKNOWN not in names, f"`{fact.name}` has no values")
    require(fact.valid_days is None or fact.valid_days >= 0, f"`{fact.name}` is never valid")
    if fact.usually is not None:
        require(_is_value(fact, fact.usually), f"`{fact.name}` usually has a value it cannot have")


def _check_range(fact: Fact) -> None:
    span = fact.range
    require(span is not None, f"`{fact.name}` has no range")
    assert span is not None
    low, high, step = span.low, span.high, fact.step
    require(low is not None and high is not None, f"the range of `{fact.name}` has no end")
    assert low is not None and high is not None
    has_one = low < high or (low == high and span.low_closed and span.high_closed)
    require(has_one, f"the range of `{fact.name}` is empty")
    require(step is None or (step > 0 and span.low_closed), f"`{fact.name}` has no grid")
    units = (fact.unit, *(u for b in fact.bridges for u in (b.left_unit, b.right_unit)))
    for unit in units:
        known = unit == "" or not isinstance(parse_unit(unit), UnitProblem)
        require(known, f"`{fact.name}` has the unknown unit `{unit[:60]}`")


def _is_value(fact: Fact, value: Value) -> bool:
    if value == UNKNOWN:
        return fact.may_be_unknown
    if fact.fact_kind == "yes/no":
        return isinstance(value, bool)
    if fact.fact_kind == "choice":
        return value in words_of(fact)
    assert fact.range is not None and fact.range.low is not None
    if isinstance(value, bool | str) or not fact.range.holds(value):
        return False
    return fact.step is None or ((value - fact.range.low) / fact.step).denominator == 1


def _check_counts(fact: Fact, cells: Cells, known: int) -> None:
    name = fact.name
    require(cells.has_unknown == fact.may_be_unknown, f"`{name}` has no cell for unknown")
    require(len(cells.counts) == known + cells.has_unknown, f"`{name}` has too many cells")
    require(all(count > 0 for count in cells.counts), f"`{name}` has an empty cell")


def _check_groups(fact: Fact, cells: Cells) -> None:
    words = sorted(word for group in cells.groups for word in group)
    require(words == sorted(words_of(fact)), f"the cells of `{fact.name}` miss a value")
    require(all(cells.groups) and not cells.cuts, f"`{fact.name}` has an empty cell")
    _check_counts(fact, cells, len(cells.groups))


def _check_number_cells(fact: Fact, cells: Cells) -> None:
    check_cuts(cells.cuts, fact.name)
    require(not cells.groups, f"`{fact.name}` is a number with words")
    _check_counts(fact, cells, len(cells.cuts) + 1)
    require(all(_is_inside(fact, cut) for cut in cells.cuts), f"a cut of `{fact.name}` is outside")


def _is_inside(fact: Fact, cut: Cut) -> bool:
    value, side = cut
    span = fact.range
    assert span is not None and span.low is not None and span.high is not None
    if fact.step is None:
        return (span.low, 1 - span.low_closed) < cut < (span.high, int(span.high_closed))
    low, _, step = grid(fact)
    index = (value - low) / step
    return side == 0 and index.denominator == 1 and 0 < index < grid_size(fact)
