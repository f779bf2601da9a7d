"""Run the rows of case files, and say for a failure which facts decide it.

In: a pathway that answers, its verification, rows. Out: one result per row: its problems, or one
judgement per track. A track is judged in the stage that owns it, as its own start. For a failure
the diagram gives the fewest facts whose change leads to what is expected.

Invariant: a change that is told was replayed and leads there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from pathwaylang.compiler.qa.case_files import EXPECT, Row
from pathwaylang.compiler.qa.examples import describe
from pathwaylang.compiler.verify.flow import End
from pathwaylang.compiler.verify.nearest import nearest_path
from pathwaylang.compiler.verify.verification import Verification
from pathwaylang.ir.cells import nearest_value
from pathwaylang.ir.diagram import BudgetError
from pathwaylang.ir.facts import Value, shown_value
from pathwaylang.ir.graph import Branch
from pathwaylang.ir.names import nearest
from pathwaylang.runtime import Case, CaseError, Pathway, TrackAnswer

WORDS = {True: "yes", False: "no"}
_ASKING = ("ask ", "obtain ")


@dataclass(frozen=True, slots=True)
class Judged:
    """One expectation of a row; `deciding` has fact, recorded value, value that would do."""

    track: str
    expected: str
    got: str
    branch: str
    passed: bool
    deciding: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class CaseResult:
    """One row: `case` is None and `problems` say why, where the row is no case of the pathway."""

    row: Row
    case: Case | None
    judged: tuple[Judged, ...] = ()
    problems: tuple[str, ...] = ()

    @property
    def passed(self) -> bool:
        """True if the row is a case and every expectation is met."""
        return not self.problems and all(j.passed for j in self.judged)


def canonical(text: str) -> str:
    """Return an expected outcome as reports write it: without `recommend`, names sorted.

    >>> canonical("recommend chemo and ablation"), canonical("offer b or a")
    ('ablation and chemo', 'offer a or b')
    """
    text = " ".join(text.split()).removeprefix("recommend ")
    if text.startswith("go to "):
        return text
    if text.startswith("offer "):
        return "offer " + " or ".join(sorted(text.removeprefix("offer ").split(" or ")))
    return " and ".join(sorted(text.split(" and ")))


def meets(expected: str, entry: TrackAnswer) -> bool:
    """Return whether a track's answer is what a case file expects: an outcome or a branch id."""
    if expected == "outside":
        return entry.status == "outside"
    if expected.startswith(_ASKING):
        return any(f"{item.action} {item.name}" == expected for item in entry.requests)
    if entry.status != "recommendation":
        return False
    return entry.outcome == canonical(expected) or expected in entry.branches


class CaseRunner:
    """Runs the rows of case files against one pathway."""

    def __init__(self, pathway: Pathway, verification: Verification | None) -> None:
        self.pathway = pathway
        self._verification = verification
        graph = pathway.artifact.graph
        self._stage_of = {track: stage.name for stage in graph.stages for track in stage.tracks}
        branches = [branch for decision in graph.decisions for branch in decision.branches]
        self._known = {b.outcome.text for b in branches} | {b.id for b in branches} | {"outside"}
        asked = {fact.name for fact in graph.facts} | {test.name for test in graph.tests}
        self._known |= {word + name for word in _ASKING for name in asked}

    def run(self, row: Row) -> CaseResult:
        """Return how a row went."""
        problems = [line for track, text in row.expected for line in self._wrong(track, text)]
        if not row.expected:
            problems.append(f"nothing is expected; write `{EXPECT}TRACK`")
        try:
            case = self.pathway.case(row.given)
        except CaseError as error:
            return CaseResult(row, None, (), (*map(str, error.problems), *problems))
        if problems:
            return CaseResult(row, None, (), tuple(problems))
        endings = _Endings(self, case)
        judged = tuple(self._judge(endings, track, text) for track, text in row.expected)
        return CaseResult(row, case, judged)

    def stage_of(self, track: str) -> str:
        """Return the stage that owns a track."""
        return self._stage_of[track]

    def _wrong(self, track: str, text: str) -> list[str]:
        if track not in self._stage_of:
            near = nearest(track, tuple(self._stage_of))
            hint = f"; did you mean `{near[0]}`?" if near else ""
            return [f"{EXPECT}{track}: there is no such track{hint}"]
        if text in self._known or canonical(text) in self._known:
            return []
        near = nearest(text, tuple(sorted(self._known)))
        hint = f"; did you mean `{near[0]}`?" if near else ""
        return [f"{EXPECT}{track}: `{text[:60]}` is neither an outcome nor a branch{hint}"]

    def _judge(self, endings: _Endings, track: str, expected: str) -> Judged:
        entry = endings[track]
        if meets(expected, entry):
            return Judged(track, expected, describe(entry), entry.branch, True)
        deciding = self._deciding(endings.case, track, expected)
        return Judged(track, expected, describe(entry), entry.branch, False, deciding)

    def _deciding(self, case: Case, track: str, expected: str) -> tuple[tuple[str, str, str], ...]:
        if self._verification is None or expected == "outside" or expected.startswith(_ASKING):
            return ()
        try:
            changed = nearest_change(self._verification, track, case.values, expected)
        except BudgetError:
            return ()
        replayed = _Endings(self, Case({**case.values, **changed}))
        if not changed or not meets(expected, replayed[track]):
            return ()
        return tuple(
            (name, self._shown(name, case.values.get(name)), self._shown(name, value))
            for name, value in changed.items()
        )

    def _shown(self, name: str, value: Value | None) -> str:
        if value is None:
            return "not recorded"
        fact = next(fact for fact in self.pathway.facts if fact.name == name)
        shown = shown_value(fact, value)
        return WORDS[shown] if isinstance(shown, bool) else str(shown)


class _Endings:
    """What one case is answered, each stage asked once and only where a track of it is."""

    def __init__(self, runner: CaseRunner, case: Case) -> None:
        self.case = case
        self._runner = runner
        self._of_stage: dict[str, tuple[TrackAnswer, ...]] = {}

    def __getitem__(self, track: str) -> TrackAnswer:
        stage = self._runner.stage_of(track)
        if stage not in self._of_stage:
            self._of_stage[stage] = self._runner.pathway.endings(self.case, stage)
        return next(entry for entry in self._of_stage[stage] if entry.track == track)


def nearest_change(
    verification: Verification, track: str, values: Mapping[str, Value], expected: str
) -> dict[str, Value]:
    """Return the fewest facts to change so that a track answers as expected; empty if none do."""
    flow, space, partition = verification.flow, verification.space, verification.partition
    stage = next(s for s in verification.graph.stages if track in s.tracks)
    wanted = canonical(expected)

    def leads(leaf: object) -> bool:
        if not isinstance(leaf, End):
            return False
        branch: Branch = flow.branch_of(leaf)
        return branch.outcome.text == wanted or branch.id == expected

    there = space.conj(verification.stage_view(stage).world, space.map(flow.track(track), leads))
    level = flow.symbolic.level_of
    now = {
        level[name]: partition.cells[name].cell_of(value)
        for name, value in values.items()
        if name in level
    }
    numbers = {name: value for name, value in values.items() if isinstance(value, Fraction)}
    for opaque in partition.opaques.values():
        if all(name in numbers for name in opaque.facts):
            held = partition.opaque_holds(opaque, numbers)
            if held is not None:
                now[level[opaque.variable]] = held
    path = nearest_path(space, there, now)
    changed: dict[str, Value] = {}
    for at, cell in (path or {}).items():
        name = space.names[at]
        if name in partition.facts and now.get(at) != cell:
            fact = partition.facts[name]
            old = values.get(name, fact.usually)
            changed[name] = nearest_value(fact, partition.cells[name], cell, old)
    order = verification.fact_order
    return dict(sorted(changed.items(), key=lambda pair: order[pair[0]]))
