"""PW0507 and PW0508: a condition that is always true, or never.

Judged by itself, over all values of the facts it reads: a condition that is only dead where it
stands is a matter of `unreachable`. The innermost condition at fault is named.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pathwaylang.compiler.verify.rows import box_of
from pathwaylang.compiler.verify.telling import place
from pathwaylang.compiler.verify.verification import Verification
from pathwaylang.compiler.verify.wording import interval_words
from pathwaylang.diagnostics import Diagnostic, Label, Span, finding
from pathwaylang.ir.derived import (
    Add,
    Classification,
    ClassLine,
    Condition,
    Derived,
    Formula,
    Piece,
    Piecewise,
    Score,
)
from pathwaylang.ir.graph import DecisionGraph
from pathwaylang.ir.guards import Const, Guard, Holds, OneOf, Within, guard_atoms

Line = Condition | ClassLine | Piece | Add


@dataclass(frozen=True, slots=True)
class Written:
    """A condition where it is written."""

    what: str
    guard: Guard
    text: str
    span: Span


def written_conditions(graph: DecisionGraph) -> Iterator[Written]:
    """Yield all conditions of decisions, derived facts and constraints."""
    for decision in graph.decisions:
        for branch in decision.branches:
            if branch.guard is not None:
                what = f"branch {branch.id} of `{decision.name}`"
                yield Written(what, branch.guard, branch.text, place(branch.span))
    for item in graph.derived:
        for line in _lines(item):
            if line.guard is not None:
                yield Written(f"`{item.name}`", line.guard, line.text, place(line.span))
    for constraint in graph.constraints:
        yield Written(
            "this `impossible`", constraint.guard, constraint.text, place(constraint.span)
        )


def _lines(item: Derived) -> tuple[Line, ...]:
    """Return the parts of a derived fact that hold a condition."""
    match item:
        case Condition():
            return (item,)
        case Classification():
            return item.lines
        case Piecewise():
            return item.pieces
        case Score():
            return item.lines
        case Formula():
            return ()


def check_conditions(verification: Verification) -> Iterator[Diagnostic]:
    """Find conditions that no case, or every case, makes true."""
    space, symbolic = verification.space, verification.flow.symbolic
    for written in written_conditions(verification.graph):
        if isinstance(written.guard, Const):
            continue
        if _is_sound_box(verification, written.guard):
            continue
        node = symbolic.guard(written.guard)
        if space.certain(node) == space.false:
            yield _never(verification, written)
        elif node == space.true:
            yield finding(
                "PW0507",
                f"the condition of {written.what} is always true",
                Label(written.span),
                notes=("It holds for every value of the facts it reads.",),
                help="remove it, or check for a slip: was another fact meant?",
            )


def _is_sound_box(verification: Verification, guard: Guard) -> bool:
    """Whether a condition asks several facts for values they may have; quick for tables."""
    space = verification.space
    box = box_of(space, verification.flow.symbolic.guard, guard)
    if not box:
        return False
    return all(space.true in space.children[node] for node in box.values())


def _never(verification: Verification, written: Written) -> Diagnostic:
    space, symbolic = verification.space, verification.flow.symbolic
    notes = ["No value of the facts it reads makes it true."]
    for atom in guard_atoms(written.guard):
        if space.certain(symbolic.guard(atom)) == space.false:
            notes = [_why_never(verification, atom)]
            break
    return finding(
        "PW0508",
        f"the condition of {written.what} is never true",
        Label(written.span),
        notes=tuple(notes),
        help="correct the condition, or the range of the fact",
    )


def _why_never(verification: Verification, atom: Guard) -> str:
    facts = verification.partition.facts
    match atom:
        case Within(name, _) if name in facts:
            fact = facts[name]
            assert fact.range is not None
            return f'"{fact.label}" lies in {interval_words(fact, fact.range)}.'
        case OneOf(name, values):
            return f"`{name}` is never {' or '.join(values)}."
        case Holds(name):
            return f"`{name}` is never true."
        case _:
            return "No value of the facts it reads makes it true."
