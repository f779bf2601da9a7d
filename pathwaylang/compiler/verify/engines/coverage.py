"""The questions of coverage, put to a solver: gaps, unknowns, conflicts, branches never taken.

In: a graph in a solver. Out: findings with the codes of the diagram's checks (PW0501 to PW0506),
each with a patient but without numbers of cases.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from pathwaylang.compiler.verify.choice import line_choice
from pathwaylang.compiler.verify.engines.asking import Asking
from pathwaylang.compiler.verify.engines.choosing import Chosen
from pathwaylang.compiler.verify.engines.clauses import FALSE
from pathwaylang.compiler.verify.telling import Claim, blamed, place
from pathwaylang.diagnostics import Diagnostic, Evidence, Label, finding
from pathwaylang.ir.derived import Classification, ClassLine, Piece, Piecewise
from pathwaylang.ir.facts import Value
from pathwaylang.ir.graph import Branch, Decision
from pathwaylang.runtime.walk import Halt, choose


@dataclass(frozen=True, slots=True)
class Reached:
    """A decision as stages reach it: where, over which facts, from which starts."""

    decision: Decision
    here: int
    facts: frozenset[str]
    starts: tuple[str, ...]


def reached(asking: Asking) -> Iterator[Reached]:
    """Yield each decision with the cases that reach it from any stage."""
    found: dict[str, list[tuple[int, frozenset[str], tuple[str, ...]]]] = {}
    for stage in asking.graph.stages:
        facts, world = asking.stage_view(stage)
        for name, here in asking.encoder.arriving(stage.tracks).items():
            inside = asking.clauses.all((here, world))
            found.setdefault(name, []).append((inside, facts, stage.tracks))
    for decision in asking.graph.decisions:
        ways = found.get(decision.name, [])
        yield Reached(
            decision,
            asking.clauses.any(way[0] for way in ways),
            frozenset().union(*(way[1] for way in ways)),
            tuple(dict.fromkeys(start for way in ways for start in way[2])),
        )


def check_lines(asking: Asking) -> Iterator[Diagnostic]:
    """Find gaps, conflicts and dead lines of derived facts."""
    for item in asking.graph.derived:
        if isinstance(item, Classification | Piecewise):
            yield from _faulty_lines(asking, item)
            yield from _dead_lines(asking, item)


def _faulty_lines(asking: Asking, item: Classification | Piecewise) -> Iterator[Diagnostic]:
    facts, world = asking.view(asking.reads.name(item.name))
    chosen = asking.encoder.lines(item.name)
    guards = line_choice(item).guards

    def held(case: Mapping[str, Value]) -> int:
        values = asking.walker.values(case)
        return sum(g is not None and values.truth(g) is True for g in guards)

    label = (Label(place(item.span)),)
    gap = Claim(
        "PW0501",
        f"some patients are in no line of `{item.name}`",
        label,
        help="add a line for such patients",
    )
    clash = Claim(
        "PW0504",
        f"two lines of `{item.name}` hold for the same patient",
        label,
        help="exclude the case in one of them; if the first should win, "
        "write `classify in order` and say why",
    )
    found = (
        asking.told(gap, (world, chosen.missing), facts, lambda case: held(case) == 0),
        asking.told(clash, (world, chosen.conflict), facts, lambda case: held(case) > 1),
    )
    yield from (diagnostic for diagnostic in found if diagnostic is not None)


def _dead_lines(asking: Asking, item: Classification | Piecewise) -> Iterator[Diagnostic]:
    _, world = asking.view(asking.reads.name(item.name))
    chosen = asking.encoder.lines(item.name)
    lines: tuple[ClassLine | Piece, ...] = (
        item.lines if isinstance(item, Classification) else item.pieces
    )
    for index, line in enumerate(lines):
        true = FALSE if line.guard is None else asking.encoder.guard(line.guard).true
        if line.guard is not None and not asking.can_be(true):
            continue
        beside = asking.clauses.all((chosen.conflict, true))
        alive = asking.clauses.any((chosen.taken[index], beside))
        if asking.can_be(world, alive) is False:
            yield finding(
                "PW0506",
                f"a line of `{item.name}` can never hold",
                Label(place(line.span)),
                notes=("The other lines, or the `impossible` rules, leave no case for it.",),
                help="delete the line, or correct the one that takes its cases",
            )


def check_coverage(asking: Asking) -> Iterator[Diagnostic]:
    """Find gaps, unanswered unknowns, conflicts, overlaps and dead branches of all decisions."""
    for at in reached(asking):
        if asking.can_be(at.here) is False:
            continue
        chosen = asking.encoder.decision(at.decision.name)
        part = "row" if at.decision.layout == "table" else "branch"
        label = (Label(place(at.decision.span)),)
        missing = Claim(
            "PW0501",
            f"some patients reach no {part} of `{at.decision.name}`",
            label,
            help=f"add a {part} for such patients",
        )
        unanswered = Claim(
            "PW0503",
            f"`{at.decision.name}` does not say what happens when a fact is unknown",
            label,
            notes=(f"Then no {part} applies for sure: at least one depends on what is unknown.",),
            help="add `when unknown then …`, or `unknown means no` with a reason",
        )
        open_ = asking.clauses.all((chosen.unanswered, -_told_elsewhere(asking, at.decision)))
        for claim, literal, halt in (
            (missing, chosen.missing, "missing"),
            (unanswered, open_, "unanswered"),
        ):
            found = asking.told(claim, (at.here, literal), at.facts, _halts(asking, at, halt))
            if found is not None:
                yield found
        if not at.decision.in_order:
            yield from _pairs(asking, at)
        yield from _dead(asking, at, chosen)


def _told_elsewhere(asking: Asking, decision: Decision) -> int:
    """Return where a derived fact that the decision reads has no line, or two."""
    read = asking.reads.decision(decision.name)
    faults: list[int] = []
    for item in asking.graph.derived:
        if isinstance(item, Classification | Piecewise) and asking.reads.name(item.name) <= read:
            lines = asking.encoder.lines(item.name)
            faults += (lines.missing, lines.conflict)
    return asking.clauses.any(faults)


def _halts(asking: Asking, at: Reached, halt: str) -> Callable[[Mapping[str, Value]], bool]:
    def shows(case: Mapping[str, Value]) -> bool:
        values = asking.walker.values(case)
        found = choose(at.decision, values)
        arrives = any(
            at.decision.name in (walk.halted_at, *(name for name, _ in walk.passed))
            for walk in (asking.walker.walk(start, values) for start in at.starts)
        )
        return arrives and isinstance(found, Halt) and found.halt == halt

    return shows


def _pairs(asking: Asking, at: Reached) -> Iterator[Diagnostic]:
    """Find for each branch an earlier one that applies to the same patient."""
    written = [
        (branch, asking.encoder.guard(branch.guard).true)
        for branch in at.decision.branches
        if branch.guard is not None
    ]
    for index, (branch, true) in enumerate(written):
        for same in (False, True):
            earlier = [
                (other, literal)
                for other, literal in written[:index]
                if (other.outcome.text == branch.outcome.text) is same
            ]
            if not asking.can_be(at.here, true, asking.clauses.any(t for _, t in earlier)):
                continue
            for other, literal in earlier:
                found = asking.told(
                    _overlap(at.decision, other, branch, same),
                    (at.here, true, literal),
                    at.facts,
                    _both(asking, other, branch),
                )
                if found is not None:
                    yield found
                    break


def _overlap(decision: Decision, one: Branch, two: Branch, same: bool) -> Claim:
    parts = "rows" if decision.layout == "table" else "branches"
    message = (
        f"two {parts} of `{decision.name}` overlap, and agree"
        if same
        else f"two {parts} of `{decision.name}` apply to the same patient and disagree"
    )
    return Claim(
        "PW0505" if same else "PW0504",
        message,
        (
            Label(place(one.span), f"gives {one.outcome.text}"),
            Label(place(two.span), "gives the same" if same else f"gives {two.outcome.text}"),
        ),
        help="exclude the common cases in one of them",
        blame=blamed(((one, same), (two, same))),
    )


def _both(asking: Asking, one: Branch, two: Branch) -> Callable[[Mapping[str, Value]], bool]:
    def shows(case: Mapping[str, Value]) -> bool:
        values = asking.walker.values(case)
        return all(b.guard is not None and values.truth(b.guard) is True for b in (one, two))

    return shows


def _dead(asking: Asking, at: Reached, chosen: Chosen) -> Iterator[Diagnostic]:
    for index, branch in enumerate(at.decision.branches):
        if asking.can_be(at.here, chosen.taken[index]) is not False:
            continue
        if branch.guard is not None:
            true = asking.encoder.guard(branch.guard).true
            if not asking.can_be(true):
                continue
            if not at.decision.in_order and asking.can_be(at.here, true) is not False:
                continue
        yield finding(
            "PW0506",
            f"branch {branch.id} of `{at.decision.name}` can never be reached",
            Label(place(branch.span)),
            notes=("Nobody who gets here takes it: other branches take all its patients.",),
            help="delete the branch, or correct what takes its cases",
            evidence=Evidence(count=0, engine=asking.engine),
        )
