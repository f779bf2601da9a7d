"""What one case says of the conditions on its way: values of names, and why rows do not apply.

In come a graph, its words and the way of a case; out come short texts. Derived facts are computed
as everywhere else; whether a track recommends something is read from the way.

Invariants: a row is told to be ruled out only by a part of its condition that is certainly false,
or unknown where unknown means no; what is not recorded rules nothing out.
"""

from __future__ import annotations

from pathwaylang.compiler.emit.text import listed
from pathwaylang.compiler.emit.words import Words
from pathwaylang.ir.derive import Values
from pathwaylang.ir.derived import Derived
from pathwaylang.ir.facts import UNKNOWN, Value
from pathwaylang.ir.graph import Branch, Decision, DecisionGraph
from pathwaylang.ir.guards import All, Guard, Recommends, guard_atoms, guard_names
from pathwaylang.ir.way import Way

_MOST_NAMES = 3


class _Recorded(dict[str, Value]):
    """The recorded facts: to ask for another one is an error, never `unknown`."""

    def get(self, name: str, default: object = None) -> Value:
        """Return the value of a recorded fact."""
        return self[name]


class CaseReader:
    """Reads one case with the definitions of a graph."""

    __slots__ = ("_derived", "_ends", "_given", "_passed", "_values", "_words")

    def __init__(self, graph: DecisionGraph, words: Words, way: Way) -> None:
        self._words = words
        self._derived: dict[str, Derived] = {item.name: item for item in graph.derived}
        self._given = _Recorded(way.case)
        self._passed = frozenset(way.branches)
        branches = {branch.id: branch for each in graph.decisions for branch in each.branches}
        ends = ((end.track, branches.get(end.branch)) for end in way.ends)
        self._ends = {track: branch for track, branch in ends if branch}
        self._values = Values(self._given, self._derived, self._says)

    def reading(self, name: str) -> str:
        """Return the value of a name; nothing where that takes what is not recorded."""
        try:
            value = self._values(name)
        except KeyError:
            return ""
        is_open = value == UNKNOWN and name in self._derived
        return "" if is_open else self._words.reading(name, value)

    def ruled_out(
        self, decision: Decision, branch: Branch
    ) -> tuple[tuple[tuple[Branch, ...], str], ...]:
        """Return the rows that had to fail for this one to decide, those of one reason together."""
        if branch.guard is None:
            rows = tuple(other for other in decision.branches if other.guard)
        elif decision.in_order:
            rows = decision.branches[: decision.branches.index(branch)]
        else:
            return ()
        found: dict[str, list[Branch]] = {}
        for row in rows:
            reason = self._reason(row.guard, decision.unknown_means_no) if row.guard else ""
            if reason:
                found.setdefault(reason, []).append(row)
        return tuple((tuple(rows), reason) for reason, rows in found.items())

    def _reason(self, guard: Guard, unknown_means_no: bool) -> str:
        """Return the first part of a condition that fails, told by the values it reads."""
        parts = guard.items if isinstance(guard, All) else (guard,)
        for part in parts:
            if self._fails(part, unknown_means_no) and (told := self._told(part)):
                return told
        return ""

    def _fails(self, part: Guard, unknown_means_no: bool) -> bool:
        """True if a condition does not hold, whatever else is still to be recorded."""
        try:
            truth = self._values.truth(part)
        except KeyError:
            return False
        return truth is False or (truth is None and unknown_means_no)

    def _told(self, part: Guard) -> str:
        names = dict.fromkeys(guard_names(part))
        known = [(name, self.reading(name)) for name in names]
        told = [f"{self._words.label(name)}: {value}" for name, value in known if value]
        for atom in guard_atoms(part):
            if isinstance(atom, Recommends) and atom.track in self._ends:
                told.append(self._words.answered(atom.track, self._ends[atom.track].id))
        more = "; …" if len(told) > _MOST_NAMES else ""
        return "; ".join(told[:_MOST_NAMES]) + more

    def _says(self, track: str, names: tuple[str, ...]) -> bool:
        """Return whether a track recommends one of these; KeyError while it is not answered."""
        if self._passed & set(names):
            return True
        end = self._ends[track]
        return end.outcome.outcome_kind != "go to" and bool(set(end.outcome.names) & set(names))


def rows_words(decision: Decision, rows: tuple[Branch, ...]) -> str:
    """Return rows by their ids, or by their numbers where they have no ids of their own."""
    counted = [branch.id for branch in decision.branches]
    told = tuple(
        f"row {counted.index(row.id) + 1}" if is_counted(decision, row) else row.id for row in rows
    )
    return listed(told, "and")


def is_counted(decision: Decision, branch: Branch) -> bool:
    """True if the branch has no id of its own, only its number."""
    head, _, number = branch.id.rpartition(".")
    return head == decision.name and number.isdigit()
