"""What the tests of a pathway cover: branches, outcomes, conditions, and independent effects.

In: a pathway that answers, and runs (a case and the stage it starts at). Out: four measures, each
with what is missing, and each branch with its atoms. A condition is an atom of a branch as written;
it is covered once seen true and once seen false at its decision. Its independent effect is shown
(masking MC/DC) once a test in which it is true, and another in which it is false, would settle the
branch differently if this atom alone were turned.

Invariant: an atom counts as seen only where every fact that it reads is recorded.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from pathwaylang.compiler.model.guard_text import guard_text
from pathwaylang.compiler.verify.reads import Reads
from pathwaylang.compiler.verify.ways import is_inner
from pathwaylang.ir.covered import AtomSeen, BranchSeen, Coverage, Measure
from pathwaylang.ir.derive import Values
from pathwaylang.ir.graph import Branch, Decision
from pathwaylang.ir.guards import All, Any, AtLeast, Guard, Not, guard_atoms
from pathwaylang.ir.kleene import Truth, kleene_all, kleene_any, kleene_at_least
from pathwaylang.runtime import Case, Pathway

Run = tuple[Case, str | None]


def measure_coverage(pathway: Pathway, runs: Iterable[Run]) -> Coverage:
    """Return what some runs cover."""
    seen = _Seen(pathway)
    for case, stage in runs:
        seen.add(case, stage)
    return seen.coverage()


def truth_of(guard: Guard, atoms: Iterator[Truth]) -> Truth:
    """Return a condition's truth from the truths of its atoms in the order written."""
    match guard:
        case Not(item):
            result = truth_of(item, atoms)
            return None if result is None else not result
        case All(items):
            return kleene_all([truth_of(item, atoms) for item in items])
        case Any(items):
            return kleene_any([truth_of(item, atoms) for item in items])
        case AtLeast(count, items):
            return kleene_at_least(count, [truth_of(item, atoms) for item in items])
        case _:
            return next(atoms)


class _Seen:
    def __init__(self, pathway: Pathway) -> None:
        self._pathway = pathway
        self._graph = pathway.artifact.graph
        self._reads = Reads(self._graph)
        self._branches: set[str] = set()
        self._outcomes: set[tuple[str, str]] = set()
        self._truths: set[tuple[str, int, bool]] = set()
        self._effects: set[tuple[str, int, bool]] = set()

    # ------------------------------------------------------------ gathering

    def add(self, case: Case, stage: str | None) -> None:
        answer = self._pathway.evaluate(case, stage)
        for entry in answer.tracks:
            if entry.status == "recommendation":
                self._outcomes.add((entry.track, entry.outcome))
                self._branches.update(entry.branches)
        values = self._pathway.walker.values(case.values)
        for visit in answer.trace:
            self._branches.add(visit.branch)
            for branch in self._pathway.walker.decisions[visit.decision].branches:
                if branch.guard is not None:
                    self._atoms(branch, branch.guard, case.values, values)

    def _atoms(
        self, branch: Branch, guard: Guard, recorded: Mapping[str, object], values: Values
    ) -> None:
        atoms = list(guard_atoms(guard))
        truths = [
            values.truth(atom) if self._reads.guard(atom) <= recorded.keys() else None
            for atom in atoms
        ]
        whole = truth_of(guard, iter(truths))
        for index, truth in enumerate(truths):
            if truth is None:
                continue
            self._truths.add((branch.id, index, truth))
            turned = [*truths[:index], not truth, *truths[index + 1 :]]
            other = truth_of(guard, iter(turned))
            if whole is not None and other is not None and other != whole:
                self._effects.add((branch.id, index, truth))

    # ------------------------------------------------------------ telling

    def coverage(self) -> Coverage:
        branches = [(b.id in self._branches, _branch(b)) for _, b in self._reachable()]
        return Coverage(
            _measure("branches", branches),
            _measure("outcomes", self._told_outcomes()),
            _measure("conditions", self._told_atoms(self._truths, "not seen")),
            _measure("independent effects", self._told_atoms(self._effects, "no effect while")),
            tuple(self._rows()),
        )

    def _rows(self) -> Iterator[BranchSeen]:
        for decision, branch in self._reachable():
            atoms = guard_atoms(branch.guard) if branch.guard is not None else ()
            told = tuple(
                AtomSeen(atom, self._truths_of(branch, at), self._effects_of(branch, at))
                for at, atom in enumerate(atoms)
            )
            yield BranchSeen(decision.name, branch.id, branch.id in self._branches, told)

    def _truths_of(self, branch: Branch, atom: int) -> tuple[bool, ...]:
        return tuple(truth for truth, _ in _TRUTHS if (branch.id, atom, truth) in self._truths)

    def _effects_of(self, branch: Branch, atom: int) -> tuple[bool, ...]:
        return tuple(truth for truth, _ in _TRUTHS if (branch.id, atom, truth) in self._effects)

    def _reachable(self) -> Iterator[tuple[Decision, Branch]]:
        starts = [track for stage in self._graph.stages for track in stage.tracks]
        inside = {name for start in starts for name in self._reads.inside(start)}
        for decision in self._graph.decisions:
            if decision.name in inside:
                yield from ((decision, branch) for branch in decision.branches)

    def _told_outcomes(self) -> Iterator[tuple[bool, str]]:
        for stage in self._graph.stages:
            for track in stage.tracks:
                decisions = map(
                    self._pathway.walker.decisions.__getitem__, self._reads.inside(track)
                )
                ends = (b.outcome for d in decisions for b in d.branches if not is_inner(b.outcome))
                for text in dict.fromkeys(outcome.text for outcome in ends):
                    yield (track, text) in self._outcomes, f"{text} in {track}"

    def _told_atoms(
        self, seen: set[tuple[str, int, bool]], words: str
    ) -> Iterator[tuple[bool, str]]:
        for _, branch in self._reachable():
            atoms = guard_atoms(branch.guard) if branch.guard is not None else ()
            for index, atom in enumerate(atoms):
                lacking = [w for v, w in _TRUTHS if (branch.id, index, v) not in seen]
                text = f"{branch.id}: {guard_text(atom)} ({words} {' or '.join(lacking)})"
                yield not lacking, text


_TRUTHS = ((True, "true"), (False, "false"))


def _branch(branch: Branch) -> str:
    words = "when unknown" if branch.branch_kind == "unknown" else branch.text or "otherwise"
    return f"{branch.id}: {words} → {branch.outcome.text}"


def _measure(name: str, items: Iterable[tuple[bool, str]]) -> Measure:
    found = list(items)
    missing = tuple(text for is_covered, text in found if not is_covered)
    return Measure(name, len(found) - len(missing), len(found), missing)
