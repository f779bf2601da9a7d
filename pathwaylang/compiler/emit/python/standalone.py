"""The part of a generated module that is the same for every pathway.

`module.py` copies the source of these classes into every module, after those of the facts and of
the runtime's own diagram; nothing here may use another name of this project. In: a case as plain
values. Out: one of four endings for each track, decided by completions as the runtime does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from pathwaylang.compiler.emit.python.standalone_facts import CaseError, Fact, Formula
from pathwaylang.runtime.reach import Reach
from pathwaylang.runtime.table import Diagram


@dataclass(frozen=True)
class Leaf:
    """Where a way ends: the branch that decides, its outcome, the stage it goes to."""

    branch: str
    outcome: str
    goes_to: str = ""


@dataclass(frozen=True)
class Impossible:
    """What cannot be: its root among the nodes, the facts it reads, its reason."""

    root: int
    facts: tuple[str, ...]
    reason: str
    text: str


def read_node(text: str) -> tuple[int, ...]:
    """Return a node: its level, and where each of its cells leads."""
    level, *ways = text.split(",")
    node = [int(level)]
    for way in ways:
        child, _, count = way.partition("*")
        node += [int(child)] * int(count or 1)
    return tuple(node)


class Pathway:
    """Answers cases; see `decide` below for what comes out."""

    facts: Mapping[str, Fact]
    formulas: Mapping[str, Formula]
    leaves: tuple[Leaf, ...]
    stages: Mapping[str, tuple[str, ...]]
    reading: Mapping[str, tuple[str, ...]]
    impossible: tuple[Impossible, ...]
    truths: Mapping[int, bool]
    functions: Mapping[str, Callable[[Mapping[str, object]], int]]
    applies: str
    diagram: Diagram

    def __init__(self, **parts: object) -> None:
        vars(self).update(parts)

    def decide(self, case: Mapping[str, object], stage: str | None = None) -> dict[str, object]:
        """Return the answer of a case, from the first stage or another one."""
        values = self.read(case)
        fixed = self.fixed(values)
        broken = [at for at in self.impossible if self.holds(at, values, fixed) is True][:1]
        queue = [stage if stage is not None else next(iter(self.stages))]
        tracks: dict[str, dict[str, object]] = {}
        for name in queue:
            for track in self.stages[name]:
                answer = self.track(track, values, fixed, broken)
                tracks[track] = {"stage": name, **answer}
                if answer["goes_to"] and answer["goes_to"] not in queue:
                    queue.append(str(answer["goes_to"]))
        statuses = (str(entry["status"]) for entry in tracks.values())
        status = next((s for s in statuses if s != "recommendation"), "recommendation")
        return {"status": status, "tracks": tracks}

    def read(self, case: Mapping[str, object]) -> dict[str, bool | str | Fraction]:
        """Return the recorded values; raise `CaseError` with every problem."""
        problems = [f"{n!r}: the pathway has no such fact" for n in case if n not in self.facts]
        values: dict[str, bool | str | Fraction] = {}
        for name, fact in self.facts.items():
            if case.get(name) is not None:
                try:
                    values[name] = fact.read(case[name])
                except ValueError as error:
                    problems.append(f"{name}: {error}")
        if problems:
            raise CaseError(problems)
        return values

    def fixed(self, values: Mapping[str, bool | str | Fraction]) -> dict[int, int]:
        """Return the cells of what is recorded, by level of the diagram."""
        level_of = self.diagram.level_of
        found = {level_of[n]: self.facts[n].cell_of(v) for n, v in values.items() if n in level_of}
        for name, formula in self.formulas.items():
            cell = formula.cell(values)
            if cell is not None:
                found[level_of[name]] = cell
        return found

    def holds(
        self, rule: Impossible, values: Mapping[str, object], fixed: Mapping[int, int]
    ) -> bool | None:
        """Return whether an `impossible` is broken; None where that is not certain."""
        if any(name not in values for name in rule.facts):
            return None
        return self.truths.get(self.diagram.step(rule.root, fixed))

    def track(
        self,
        track: str,
        values: Mapping[str, bool | str | Fraction],
        fixed: Mapping[int, int],
        broken: list[Impossible],
    ) -> dict[str, object]:
        """Return the ending of a track."""
        ending: dict[str, object] = {
            "status": "contradiction",
            "outcome": "",
            "branch": "",
            "branches": [],
            "goes_to": "",
            "requests": [],
            "possible": [],
            "reason": "",
        }
        leaf = self.at_once(track, values, fixed) if not broken else -1
        reach = Reach(self.diagram, self.diagram.roots[track] if leaf < 0 else -1 - leaf, fixed)
        if broken or not reach.leaves:
            return ending | {"reason": self.why(broken, values, fixed)}
        outcomes = {self.diagram.outcomes[leaf] for leaf in reach.leaves}
        if outcomes == {"outside"}:
            reason = f"the pathway applies when {self.applies}"
            return ending | {"status": "outside", "reason": reason}
        if len(outcomes) > 1:
            wanted = self.requests(track, values, reach)
            possible = sorted(outcomes)
            return ending | {"status": "request", "requests": wanted, "possible": possible}
        ends = [self.leaves[leaf] for leaf in reach.leaves]
        return ending | {
            "status": "recommendation",
            "outcome": ends[0].outcome,
            "branch": ends[0].branch,
            "branches": sorted({end.branch for end in ends}),
            "goes_to": ends[0].goes_to,
        }

    def at_once(
        self, track: str, values: Mapping[str, bool | str | Fraction], fixed: Mapping[int, int]
    ) -> int:
        """Return the leaf that the conditions below give, or -1 where they leave it open."""
        function = self.functions.get(track)
        if function is None:
            return -1
        prepared: dict[str, object] = dict.fromkeys((*self.facts, *self.formulas))
        prepared |= {name: self.facts[name].prepared(value) for name, value in values.items()}
        for name in self.formulas:
            prepared[name] = fixed.get(self.diagram.level_of[name])
        return function(prepared)

    def requests(self, track: str, values: Mapping[str, object], reach: Reach) -> list[str]:
        """Return the facts that can still change the outcome, in reading order."""
        changing = {self.diagram.variables[level] for level in reach.changing()}
        for name, formula in self.formulas.items():
            if name in changing:
                changing |= {fact for fact in formula.facts if fact not in values}
        return [name for name in self.reading[track] if name in changing]

    def why(
        self, broken: list[Impossible], values: Mapping[str, object], fixed: Mapping[int, int]
    ) -> str:
        """Return the reason of a contradiction: one rule is broken, or several together."""
        rules = broken or [
            rule
            for rule in self.impossible
            if any(name in values for name in rule.facts)
            and self.holds(rule, values, fixed) is not False
        ]
        if not rules:
            return "the recorded facts contradict each other"
        reason = "; ".join(rule.reason for rule in rules if rule.reason)
        return reason or "impossible: " + "; ".join(rule.text for rule in rules)
