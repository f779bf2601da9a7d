"""Is a gap a number that falls between two branches? Then say between which, and what to write.

In: a decision and the diagram of its missing cases. Out: the number, and the two branches that
would take the patient if the number were a little lower or a little higher.
"""

from __future__ import annotations

from dataclasses import dataclass

from pathwaylang.compiler.verify.nearest import nearest_path
from pathwaylang.compiler.verify.telling import place
from pathwaylang.compiler.verify.verification import Verification
from pathwaylang.compiler.verify.wording import interval_words, stretch, with_unit
from pathwaylang.diagnostics import Label
from pathwaylang.ir.exact import write_exact
from pathwaylang.ir.graph import Branch, Decision
from pathwaylang.ir.guards import Within, guard_atoms


@dataclass(frozen=True, slots=True)
class Between:
    """A number between two branches."""

    what: str
    note: str
    help: str
    labels: tuple[Label, ...]


def gap_between(verification: Verification, decision: Decision, node: int) -> Between | None:
    """Return the number that falls between two branches in the gap nearest to a typical patient."""
    space = verification.space
    path = nearest_path(space, node, verification.realizer.typical_cells)
    if path is None:
        return None
    point = {
        level: path.get(level, verification.realizer.usual_cell(name))
        for level, name in enumerate(space.names)
    }
    chosen = verification.flow.selection(decision.name).chosen
    for level in path:
        fact = verification.partition.facts.get(space.names[level])
        if fact is None or fact.fact_kind != "number":
            continue
        cells = verification.partition.cells[fact.name]
        last_cell = len(cells.cuts)
        if path[level] > last_cell:
            continue
        taken = [space.value_at(chosen, {**point, level: index}) for index in range(last_cell + 1)]
        low = high = path[level]
        while low >= 0 and not isinstance(taken[low], int):
            low -= 1
        while high <= last_cell and not isinstance(taken[high], int):
            high += 1
        if low < 0 or high > last_cell:
            continue
        below, above = taken[low], taken[high]
        assert isinstance(below, int) and isinstance(above, int)
        gap = stretch(fact, cells, low + 1, high - 1)
        end = stretch(fact, cells, low, low)
        start = stretch(fact, cells, high, high)
        assert end.high is not None and start.low is not None
        upper = f"{'<' if start.low_closed else '<='} {with_unit(write_exact(start.low), fact)}"
        lower = f"{'>' if end.high_closed else '>='} {with_unit(write_exact(end.high), fact)}"
        if gap.low == gap.high and gap.low is not None:
            value = with_unit(write_exact(gap.low), fact)
            upper, lower = f"<= {value}", f">= {value}"
        first, second = decision.branches[below], decision.branches[above]
        if not (_bounds(first, fact.name) and _bounds(second, fact.name)):
            continue
        part = "row" if decision.layout == "table" else "branch"
        return Between(
            f"`{fact.name}`",
            f'A "{fact.label}" of {interval_words(fact, gap)} has no {part}.',
            f"let the first {part} go up to `{upper}`, or the second start at `{lower}`",
            _labels(first, second),
        )
    return None


def _bounds(branch: Branch, name: str) -> bool:
    """Whether the branch itself compares the fact with a number, so that its end can be moved."""
    return branch.guard is not None and any(
        isinstance(atom, Within) and atom.name == name for atom in guard_atoms(branch.guard)
    )


def _labels(first: Branch, second: Branch) -> tuple[Label, ...]:
    return (
        Label(place(first.span), "applies just below"),
        Label(place(second.span), "applies just above"),
    )
