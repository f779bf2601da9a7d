"""What every page looks up: labels, pages, sources, the way of the case, the findings.

In come a graph and, if there are any, the way of one case and the findings; out come the small
texts and states that boxes are made of. Pure look-ups over the graph, prepared once.

Invariants: nothing here decides where a thing stands; that is the plan's and the pages' business.
"""

from __future__ import annotations

from collections import Counter

from pathwaylang.compiler.emit.pages.case import CaseReader, rows_words
from pathwaylang.compiler.emit.pages.nodes import Badge, Marks, Severity, State, Term
from pathwaylang.compiler.emit.pages.plan import StagePlan, plan_stages
from pathwaylang.compiler.emit.pages.reads import inputs_of, steps_to
from pathwaylang.compiler.emit.text import counted, listed
from pathwaylang.compiler.emit.words import Line, Words
from pathwaylang.compiler.emit.words_meaning import Meanings
from pathwaylang.diagnostics import FactValue
from pathwaylang.ir.derived import Basis
from pathwaylang.ir.graph import Branch, Decision, DecisionGraph, Recommendation, Stage
from pathwaylang.ir.guards import guard_names
from pathwaylang.ir.way import TrackEnd, Way

_MOST_VALUES = 8
_MOST_REASONS = 12
_MOST_READ = 2
_SEVERITIES: tuple[Severity, ...] = ("error", "undecided", "warning", "note")


class Atlas:
    """The graph with its plan, its way and its marks."""

    __slots__ = (
        "_branches",
        "_case",
        "_decisions",
        "_inputs",
        "_meanings",
        "_reads",
        "_recommendations",
        "_statements",
        "graph",
        "marks",
        "plans",
        "way",
        "words",
    )

    def __init__(self, graph: DecisionGraph, way: Way | None, marks: Marks | None) -> None:
        self.graph, self.way, self.marks = graph, way, marks or Marks()
        self.words = Words(graph)
        self.plans = plan_stages(graph)
        self._case = CaseReader(graph, self.words, way) if way and way.case else None
        self._meanings = Meanings(graph, self.words)
        self._decisions = {decision.name: decision for decision in graph.decisions}
        self._branches = {b.id: (d, b) for d in graph.decisions for b in d.branches}
        self._recommendations = {item.name: item for item in graph.recommendations}
        self._statements = {
            f"{source.name}.{statement.id}": f"{source.label or source.name}, {statement.at}: "
            f"{statement.text}"
            for source in graph.sources
            for statement in source.statements
        }
        self._inputs = inputs_of(graph)
        self._reads = _facts_read(graph, self._inputs)

    def decision(self, name: str) -> Decision:
        """Return a decision by name."""
        return self._decisions[name]

    def question(self, name: str) -> str:
        """Return the label of a decision, or its name where the graph lacks it."""
        found = self._decisions.get(name)
        return (found.label or found.name) if found else name

    def recommendation(self, name: str) -> Recommendation | None:
        """Return a recommendation by name."""
        return self._recommendations.get(name)

    def advice(self, name: str) -> str:
        """Return the label of a recommendation, or its name."""
        item = self._recommendations.get(name)
        return (item.label if item else "") or name

    def branch(self, branch_id: str) -> tuple[Decision, Branch] | None:
        """Return a branch with its decision."""
        return self._branches.get(branch_id)

    def stage(self, name: str) -> StagePlan | None:
        """Return the plan of a stage."""
        return next((plan for plan in self.plans if plan.stage.name == name), None)

    def page_of(self, decision: str, plan: StagePlan) -> str:
        """Return the page that shows a decision, in this stage if it is there."""
        found = [plan.page_of(decision), *(other.page_of(decision) for other in self.plans)]
        return next((page for page in found if page), "")

    # -- the way of the case

    def decision_state(self, name: str) -> State:
        """Return whether the case passed a decision."""
        if self.way is None:
            return "plain"
        return "lit" if name in self.way.decisions else "dim"

    def branch_state(self, branch_id: str) -> State:
        """Return whether the case took a branch."""
        if self.way is None:
            return "plain"
        return "lit" if branch_id in self.way.branches else "dim"

    def any_state(self, decisions: tuple[str, ...]) -> State:
        """Return whether the case passed any of these decisions."""
        if self.way is None:
            return "plain"
        return "lit" if set(decisions) & set(self.way.decisions) else "dim"

    def end_of(self, track: str) -> TrackEnd | None:
        """Return how a track ended for the case."""
        ends = self.way.ends if self.way else ()
        return next((end for end in ends if end.track == track), None)

    def missing_at(self, decision: Decision) -> tuple[str, ...]:
        """Return the facts that keep the case from passing a decision it has come to."""
        way = self.way
        if way is None or decision.name not in way.decisions:
            return ()
        if any(branch.id in way.branches for branch in decision.branches):
            return ()
        read = self._reads[decision.name]
        return tuple(name for name in way.missing if name in read) or way.missing

    def values_for(self, branch: Branch) -> tuple[str, ...]:
        """Return what the case knows of the facts a branch reads, the nearest and numbers first.

        Near is what the condition names itself, far what only a derived fact of one of its derived
        facts reads. Beyond the first few the others are counted.
        """
        if self.way is None or branch.guard is None:
            return ()
        return self._nearest(steps_to(tuple(guard_names(branch.guard)), self._inputs))

    def patient(self) -> tuple[str, ...]:
        """Return what mattered of the case on its whole way, what most answers rest on first."""
        if self.way is None:
            return ()
        taken = [self._branches[name][1] for name in self.way.branches if name in self._branches]
        named = Counter(n for each in taken if each.guard for n in set(guard_names(each.guard)))
        steps = {name: -named[name] for name, _ in self.way.values}
        return self._nearest(steps, " that these questions read")

    def _nearest(self, steps: dict[str, int], whose: str = "") -> tuple[str, ...]:
        values = self.way.values if self.way else ()
        known = [(name, value) for name, value in values if name in steps]
        if len(known) > _MOST_VALUES:
            known.sort(key=lambda pair: (steps[pair[0]], not _is_number(pair[1])))
        told = tuple(self._value(n, v) for n, v in known[:_MOST_VALUES])
        rest = len(known) - _MOST_VALUES
        return (*told, f"and {counted(rest, 'further fact')}{whose}") if rest > 0 else told

    def _value(self, name: str, shown: FactValue) -> str:
        read = self._case.reading(name) if self._case else ""
        return f"{self.words.label(name)}: {read}" if read else self.words.value(name, shown)

    # -- badges

    def decision_badges(self, decision: Decision) -> tuple[Badge, ...]:
        """Return the badges of a decision's box."""
        missing = tuple(self.words.label(name) for name in self.missing_at(decision))
        badges = (Badge("missing", f"still missing: {listed(missing, 'and')}"),) if missing else ()
        return badges + self._marks(decision=decision.name)

    def ruled_out_badges(self, decision: Decision, branch: Branch) -> tuple[Badge, ...]:
        """Return which rows had to fail before the one the case took, and by what they did."""
        if self._case is None or self.branch_state(branch.id) != "lit":
            return ()
        found = self._case.ruled_out(decision, branch)
        told = [
            f"{rows_words(decision, rows)} ({reason})" for rows, reason in found[:_MOST_REASONS]
        ]
        rest = sum(len(rows) for rows, _ in found[_MOST_REASONS:])
        told += [f"and {counted(rest, 'further row')}"] if rest else []
        lines = [f"ruled out: {'; '.join(told)}"] if told else []
        lines += [_unread(decision, branch)] if _leaves_unread(decision, branch) else []
        return tuple(Badge("ruled out", line) for line in lines)

    def loose_badges(self) -> tuple[Badge, ...]:
        """Return the findings that concern nothing a chart shows."""
        return self._marks()

    def branch_badges(self, branch: Branch) -> tuple[Badge, ...]:
        """Return the badges of a branch."""
        return self._marks(branch=branch.id)

    def is_doubted(self, decision: Decision) -> bool:
        """True if a finding says that the rows of a decision may not exclude each other."""
        names = {branch.id for branch in decision.branches}
        return any(
            mark.severity in ("error", "undecided")
            and (mark.decision == decision.name or mark.branch in names)
            for mark in self.marks.items
        )

    def _marks(self, *, decision: str = "", branch: str = "") -> tuple[Badge, ...]:
        found = self.marks.at(decision=decision, branch=branch)
        return tuple(Badge(m.severity, f"{m.severity.upper()}: {m.text}", m.code) for m in found)

    def count_badges(self, decisions: tuple[str, ...]) -> tuple[Badge, ...]:
        """Return how many findings there are on decisions drawn as one box."""
        names = set(decisions)
        branches = {b.id for name in decisions for b in self.decision(name).branches}
        found = [
            mark.severity
            for mark in self.marks.items
            if mark.branch in branches or (not mark.branch and mark.decision in names)
        ]
        told = ((level, found.count(level)) for level in _SEVERITIES)
        return tuple(Badge(level, _findings(level, count)) for level, count in told if count)

    # -- sources

    def terms_of(self, decisions: tuple[Decision, ...]) -> tuple[Term, ...]:
        """Return what the words of the conditions mean, with this patient's values."""
        guards = (branch.guard for each in decisions for branch in each.branches if branch.guard)
        key = self._meanings.key(name for guard in guards for name in guard_names(guard))
        return tuple(
            Term(
                self.words.label(name),
                tuple(map(self._with_value, lines)),
                self._case.reading(name) if self._case else "",
            )
            for name, lines in key.items()
        )

    def _with_value(self, line: Line) -> str:
        """Return a line of a meaning, with what the case says where the line does not say it."""
        if self._case is None or line.level or len(line.names) > _MOST_READ:
            return line.text
        values = tuple(map(self._case.reading, line.names))
        told = "; ".join(values)
        return (
            f"{line.text} [{told}]" if all(values) and not line.text.endswith(told) else line.text
        )

    def source_words(self, basis: Basis) -> str:
        """Return the short names of what a line rests on."""
        names = dict.fromkeys(cite.partition(".")[0] for cite in basis.cites)
        opinion = ("opinion",) if basis.opinions else ()
        return ", ".join((*names, *opinion))

    def source_lines(self, basis: Basis) -> tuple[str, ...]:
        """Return what a line rests on, in full: for tooltips."""
        cited = tuple(f"source {cite}: {self._statements.get(cite, cite)}" for cite in basis.cites)
        return cited + tuple(f"expert opinion: {text}" for text in basis.opinions)

    def condition(self, branch: Branch) -> tuple[Line, ...]:
        """Return the condition of a branch in words."""
        if branch.branch_kind == "unknown":
            return (Line("where this cannot be known"),)
        if branch.guard is None:
            return (Line("where no other row applies"),)
        return self.words.condition(branch.guard)

    def stage_label(self, stage: Stage) -> str:
        """Return a stage's label, or its name."""
        return stage.label or stage.name


def _findings(level: Severity, count: int) -> str:
    return f"{count} undecided" if level == "undecided" else counted(count, level)


def _leaves_unread(decision: Decision, branch: Branch) -> bool:
    """True if rows stand below the one that decided which nobody then reads."""
    below = decision.branches[decision.branches.index(branch) + 1 :]
    return decision.in_order and branch.guard is not None and any(row.guard for row in below)


def _unread(decision: Decision, branch: Branch) -> str:
    return f"rows below {rows_words(decision, (branch,))} were not read"


def _is_number(value: FactValue) -> bool:
    return not isinstance(value, bool) and str(value)[:1].isdigit()


def _facts_read(
    graph: DecisionGraph, inputs: dict[str, tuple[str, ...]]
) -> dict[str, frozenset[str]]:
    """Return the names that the conditions of each decision read, directly or not."""
    return {
        decision.name: frozenset(
            steps_to(
                tuple(n for b in decision.branches if b.guard for n in guard_names(b.guard)), inputs
            )
        )
        for decision in graph.decisions
    }
