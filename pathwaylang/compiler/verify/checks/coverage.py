"""PW0501 to PW0505: does each decision give every patient that reaches it exactly one answer?

Cases that no branch takes, an `unknown` that nothing answers, branches that contradict each other,
branches that overlap and agree. Judged over the cases that reach the decision from a stage's start.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping

from pathwaylang.compiler.verify.checks.gaps import gap_between
from pathwaylang.compiler.verify.choice import MISSING, UNANSWERED, Fault
from pathwaylang.compiler.verify.places import Place
from pathwaylang.compiler.verify.telling import (
    Affected,
    Claim,
    blamed,
    place,
    quantity,
    region_finding,
)
from pathwaylang.compiler.verify.verification import Verification
from pathwaylang.compiler.verify.wording import listing
from pathwaylang.diagnostics import Diagnostic, Label
from pathwaylang.ir.derived import Classification, Piecewise
from pathwaylang.ir.facts import UNKNOWN, Value
from pathwaylang.ir.graph import Decision
from pathwaylang.runtime.walk import Halt, choose

MOST_PAIRS = 8


def check_coverage(verification: Verification) -> Iterator[Diagnostic]:
    """Find gaps, unanswered unknowns, conflicts and overlaps of all decisions."""
    for at in verification.places:
        selection = verification.flow.selection(at.decision.name)
        leaves = verification.space.leaves(selection.chosen)
        if MISSING in leaves:
            yield from _missing(verification, at)
        if UNANSWERED in leaves:
            yield from _unanswered(verification, at)
        conflicts = [
            leaf for leaf in leaves if isinstance(leaf, Fault) and leaf.fault == "conflict"
        ]
        if conflicts:
            yield from _conflicts(verification, at)
        if selection.holding is not None:
            yield from _overlaps(verification, at, selection.holding())


def _part(decision: Decision) -> str:
    """Return what a branch of the decision is called."""
    return "row" if decision.layout == "table" else "branch"


def _parts(decision: Decision) -> str:
    return "rows" if decision.layout == "table" else "branches"


def _cases(verification: Verification, at: Place, wanted: Callable[[Hashable], bool]) -> int:
    space = verification.space
    chosen = verification.flow.selection(at.decision.name).chosen
    return space.conj(at.here, space.map(chosen, wanted))


def _halts(
    verification: Verification, at: Place, halt: str, pair: tuple[int, ...] = ()
) -> Callable[[Mapping[str, Value]], bool]:
    """Return a replay: the case arrives at the decision and halts there in this way."""

    def shows(case: Mapping[str, Value]) -> bool:
        values = verification.walker.values(case)
        found = choose(at.decision, values)
        arrives = any(
            at.decision.name in (walk.halted_at, *(name for name, _ in walk.passed))
            for walk in (verification.walker.walk(start, values) for start in at.start_of)
        )
        return (
            arrives
            and isinstance(found, Halt)
            and found.halt == halt
            and set(pair) <= set(found.branches)
        )

    return shows


def _missing(verification: Verification, at: Place) -> Iterator[Diagnostic]:
    node = _cases(verification, at, lambda v: v == MISSING)
    if node == verification.space.false:
        return
    between = gap_between(verification, at.decision, node)
    label = Label(place(at.decision.span))
    condition = verification.largest_condition(node)
    shows = _halts(verification, at, "missing")
    if between is not None:
        yield region_finding(
            verification,
            Claim(
                "PW0502",
                f"{between.what} falls between two {_parts(at.decision)} of `{at.decision.name}`",
                (label, *between.labels),
                notes=(between.note,),
                help=between.help,
            ),
            Affected(node, at.view, at.here, shows),
        )
        return
    part = _part(at.decision)
    then = "" if part == "row" else " then …"
    yield region_finding(
        verification,
        Claim(
            "PW0501",
            f"some patients reach no {part} of `{at.decision.name}`",
            (label,),
            notes=(f"No {part} applies when {condition}.",) if condition else (),
            help=f"add a {part}, for instance: when {condition}{then}" if condition else "",
        ),
        Affected(node, at.view, at.here, shows),
    )


def _unanswered(verification: Verification, at: Place) -> Iterator[Diagnostic]:
    node = _cases(verification, at, lambda v: v == UNANSWERED)
    node = verification.space.conj(node, verification.space.neg(_told_elsewhere(verification, at)))
    if node == verification.space.false:
        return
    patient = verification.patient(node, at.view, lambda case: True)
    reads = verification.reads.decision(at.decision.name)
    unknown = [
        verification.partition.facts[name]
        for name, value in (patient.complete if patient else ())
        if value == UNKNOWN and name in reads
    ]
    names = listing(f"`{fact.name}`" for fact in unknown) or "a fact"
    declared = tuple(Label(place(f.span), "may be unknown") for f in unknown[:3] if f.span)
    has_otherwise = any(b.branch_kind == "otherwise" for b in at.decision.branches)
    part = _part(at.decision)
    note = f"Then no {part} applies for sure: at least one depends on what is unknown."
    if not unknown and verification.partition.opaques:
        note += " A formula has no value for this patient: it divides by zero, for instance."
    if has_otherwise:
        note += " `otherwise` does not cover that: missing is never normal."
    yield region_finding(
        verification,
        Claim(
            "PW0503",
            f"`{at.decision.name}` does not say what happens when {names} is unknown",
            (Label(place(at.decision.span)), *declared),
            notes=(note,),
            help="add a row whose cell says `unknown`, or `unknown means no` with a reason"
            if part == "row"
            else "add `when unknown then …`, or `unknown means no` with a reason",
        ),
        Affected(node, at.view, at.here, _halts(verification, at, "unanswered")),
    )


def _told_elsewhere(verification: Verification, at: Place) -> int:
    """Return the cases in which a derived fact that the decision reads has no line, or two.

    It is unknown there by a fault of its own, which `check_lines` tells.
    """
    space, reads = verification.space, verification.reads
    read = reads.decision(at.decision.name)
    faulty = (
        space.map(
            verification.flow.symbolic.lines(item.name),
            lambda v: isinstance(v, Fault) and v.fault in ("missing", "conflict"),
        )
        for item in verification.graph.derived
        if isinstance(item, Classification | Piecewise) and reads.name(item.name) <= read
    )
    return space.any(faulty)


def _conflicts(verification: Verification, at: Place) -> Iterator[Diagnostic]:
    branches = at.decision.branches
    chosen = verification.flow.selection(at.decision.name).chosen
    pairs: dict[tuple[int, int], None] = {}
    for leaf in verification.space.leaves(verification.space.conj_leaves(at.here, chosen)):
        if isinstance(leaf, Fault) and leaf.fault == "conflict":
            first = leaf.lines[0]
            other = next(
                i for i in leaf.lines if branches[i].outcome.text != branches[first].outcome.text
            )
            pairs.setdefault((first, other))
    for number, (first, other) in enumerate(sorted(pairs)):
        if number == MOST_PAIRS:
            break
        node = _both(verification, at, first, other)
        one, two = branches[first], branches[other]
        rest = len(pairs) - MOST_PAIRS
        more = (f"{rest} more pairs of this decision are not listed.",) if rest > 0 else ()
        yield region_finding(
            verification,
            Claim(
                "PW0504",
                f"two {_parts(at.decision)} of `{at.decision.name}` apply to the same patient "
                "and disagree",
                (
                    Label(place(one.span), f"gives {one.outcome.text}"),
                    Label(place(two.span), f"gives {two.outcome.text}"),
                ),
                notes=more,
                help="exclude the case in one of them" + _or_in_order(at.decision),
                blame=blamed(((one, False), (two, False))),
            ),
            Affected(node, at.view, at.here, _halts(verification, at, "conflict", (first, other))),
        )


def _both(verification: Verification, at: Place, first: int, other: int) -> int:
    """Return the cases that arrive and for which two branches certainly apply."""
    node = at.here
    for index in (first, other):
        guard = at.decision.branches[index].guard
        if guard is not None:
            node = verification.space.conj(node, verification.flow.certainly(guard))
    return node


def _or_in_order(decision: Decision) -> str:
    if decision.layout == "table":
        return ""
    return "; if the first should win, write `decide in order` and say why"


def _join(decision: Decision) -> str:
    return "" if decision.layout == "table" else "join them with `or`, or "


def _overlaps(verification: Verification, at: Place, holding: int) -> Iterator[Diagnostic]:
    space, branches = verification.space, at.decision.branches
    seen: set[tuple[int, int]] = set()
    for leaf in space.leaves(space.conj_leaves(at.here, holding)):
        if isinstance(leaf, tuple) and len(leaf[0]) > 1:
            first, other = leaf[0][0], leaf[0][1]
            if branches[first].outcome.text == branches[other].outcome.text:
                seen.add((first, other))
    for first, other in sorted(seen)[:MOST_PAIRS]:
        node = _both(verification, at, first, other)
        one, two = branches[first], branches[other]

        def shows(case: Mapping[str, Value], one=one, two=two) -> bool:  # type: ignore[no-untyped-def]
            values = verification.walker.values(case)
            return all(b.guard is not None and values.truth(b.guard) is True for b in (one, two))

        count = verification.count(node, at.view)
        yield region_finding(
            verification,
            Claim(
                "PW0505",
                f"two {_parts(at.decision)} of `{at.decision.name}` overlap, and agree",
                (
                    Label(place(one.span), f"gives {one.outcome.text}"),
                    Label(place(two.span), "gives the same"),
                ),
                notes=(f"Both apply to {quantity(count, verification.unit)}.",),
                help=_join(at.decision) + "exclude the common cases in one of them",
                blame=blamed(((one, True), (two, True))),
            ),
            Affected(node, at.view, at.here, shows),
        )
