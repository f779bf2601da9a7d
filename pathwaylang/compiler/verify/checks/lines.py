"""PW0501, PW0504 and PW0506 for classifications and piecewise numbers: exactly one line holds.

Judged over all cases of the world. An unknown that no line answers gives the value unknown, which
is no fault: the decisions that read it must answer it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pathwaylang.compiler.verify.choice import MISSING, Fault, line_choice
from pathwaylang.compiler.verify.telling import Affected, Claim, place, region_finding
from pathwaylang.compiler.verify.verification import Verification, View
from pathwaylang.diagnostics import Diagnostic, Label, finding
from pathwaylang.ir.derived import Classification, ClassLine, Piece, Piecewise
from pathwaylang.ir.facts import Value

Lines = Classification | Piecewise


def check_lines(verification: Verification) -> Iterator[Diagnostic]:
    """Find gaps, conflicts and dead lines of derived facts."""
    for item in verification.graph.derived:
        if isinstance(item, Lines):
            view = verification.view(verification.reads.name(item.name))
            yield from _gap(verification, item, view)
            yield from _conflict(verification, item, view)
            yield from _dead(verification, item, view)


def _held(verification: Verification, item: Lines, case: Mapping[str, Value]) -> list[int]:
    values = verification.walker.values(case)
    guards = line_choice(item).guards
    return [i for i, g in enumerate(guards) if g is not None and values.truth(g) is True]


def _gap(verification: Verification, item: Lines, view: View) -> Iterator[Diagnostic]:
    space = verification.space
    lines = verification.flow.symbolic.lines(item.name)
    node = space.conj(view.world, space.map(lines, lambda v: v == MISSING))
    if node == space.false:
        return
    condition = verification.largest_condition(node)
    yield region_finding(
        verification,
        Claim(
            "PW0501",
            f"some patients are in no line of `{item.name}`",
            (Label(place(item.span)),),
            notes=(f"No line holds when {condition}.",),
            help=f"add a line, for instance: … when {condition}",
        ),
        Affected(node, view, view.world, lambda case: not _held(verification, item, case)),
    )


def _conflict(verification: Verification, item: Lines, view: View) -> Iterator[Diagnostic]:
    space = verification.space
    lines = verification.flow.symbolic.lines(item.name)
    node = space.conj(
        view.world, space.map(lines, lambda v: isinstance(v, Fault) and v.fault == "conflict")
    )
    if node == space.false:
        return
    leaf = next(
        v
        for v in sorted(space.leaves(space.conj_leaves(view.world, lines)), key=repr)
        if isinstance(v, Fault) and v.fault == "conflict"
    )
    written = item.lines if isinstance(item, Classification) else item.pieces
    labels = tuple(Label(place(written[i].span), "holds") for i in leaf.lines[:2])
    yield region_finding(
        verification,
        Claim(
            "PW0504",
            f"two lines of `{item.name}` hold for the same patient",
            labels,
            help="exclude the case in one of them; if the first should win, "
            "write `classify in order` and say why",
        ),
        Affected(node, view, view.world, lambda case: len(_held(verification, item, case)) > 1),
    )


def _dead(verification: Verification, item: Lines, view: View) -> Iterator[Diagnostic]:
    space, flow = verification.space, verification.flow
    lines = flow.symbolic.lines(item.name)
    alive = space.leaves(space.conj_leaves(view.world, lines))
    written: tuple[ClassLine | Piece, ...] = (
        item.lines if isinstance(item, Classification) else item.pieces
    )
    for index, line in enumerate(written):
        if index in alive or any(isinstance(v, Fault) and index in v.lines for v in alive):
            continue
        if line.guard is not None and flow.certainly(line.guard) == space.false:
            continue
        if _holds_beside_others(verification, item, index, view):
            continue
        yield finding(
            "PW0506",
            f"a line of `{item.name}` can never hold",
            Label(place(line.span)),
            notes=("The other lines, or the `impossible` rules, leave no case for it.",),
            help="delete the line, or correct the one that takes its cases",
        )


def _holds_beside_others(verification: Verification, item: Lines, index: int, view: View) -> bool:
    """True for a line that holds for somebody, always beside others: without an order it counts."""
    guard = line_choice(item).guards[index]
    if guard is None or line_choice(item).in_order:
        return False
    certain = verification.flow.certainly(guard)
    return verification.space.conj(view.world, certain) != verification.space.false
