"""A difference in sentences that a committee reads; text and page lay the same ones out.

In: a `Report`: the difference with the names, labels and places of both versions. Out: sentences.
Every text of an author passes through `visible` here; escaping for HTML is the page's business.

INVARIANT: every number in a sentence is taken from the difference, none is estimated.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from pathwaylang.compiler.qa.difference.record import (
    IMPOSSIBLE,
    NO_OUTCOME,
    NO_TRACK,
    OUTSIDE,
    Change,
    Difference,
    Edit,
    FactChange,
    Loss,
    TrackTable,
)
from pathwaylang.diagnostics import Box, Patient
from pathwaylang.diagnostics.counts import say_count, say_number, say_share
from pathwaylang.diagnostics.visible import visible
from pathwaylang.ir.graph import Branch

Place = Callable[[Branch], str]
"""Where a branch stands, as people read it: `local.pw:98`."""

MOST_DECIDERS = 4

_WORDS = {
    OUTSIDE: "outside the pathway",
    IMPOSSIBLE: "excluded as impossible",
    NO_OUTCOME: "no single outcome",
    NO_TRACK: "no such track",
}
_FACT_WORDS = {
    "type": "is another thing now",
    "unit": "has another unit",
    "range": "has another range",
    "step": "has another step",
    "choices": "has other choices",
    "unknown": "changed in whether it may be unknown",
}


@dataclass(frozen=True, slots=True)
class Report:
    """A difference with all that its telling needs.

    `old` and `new` say which texts were compared; `labels` are those of facts.
    """

    pathway: str
    title: str
    old: str
    new: str
    difference: Difference
    old_place: Place
    new_place: Place
    labels: Mapping[str, str] = field(default_factory=dict)

    def label(self, name: str) -> str:
        """Return the label of a fact, or its name."""
        return visible(self.labels.get(name) or name)


def outcome_words(outcome: str) -> str:
    """Return an outcome as a sentence says it."""
    return _WORDS.get(outcome, visible(outcome))


def table_sentence(table: TrackTable, unit: str) -> str:
    """Return how many cases of a track change."""
    moved = table.cases - table.unchanged
    if not table.changes:
        return f"nothing changes in {say_count(table.cases, unit)}"
    share = say_share(moved / table.cases)
    return f"{say_number(moved)} of {say_count(table.cases, unit)} change ({share})"


def change_sentence(change: Change, unit: str) -> str:
    """Return one move: from what to what, and how many."""
    count = say_count(change.count, unit)
    verb = "moves" if change.count == 1 else "move"
    old, new = outcome_words(change.old), outcome_words(change.new)
    return f"{count} {verb} from {old} to {new} ({say_share(change.share)})"


def common_words(report: Report, change: Change) -> str:
    """Return what all patients of a move have in common; empty where that is nothing."""
    return "; ".join(f"{report.label(name)}: {visible(v)}" for name, v in change.common)


def box_words(report: Report, box: Box, change: Change) -> str:
    """Return a group of patients of a move: what they have beyond what all of them have."""
    known = set(change.common)
    told = [
        f"{report.label(n)}: {visible(v)}"
        for n, v in box.facts
        if v != "any" and (n, v) not in known
    ]
    return "; ".join(told) or "every such patient"


def patient_words(report: Report, patient: Patient) -> str:
    """Return what makes a patient unusual, and that the rest is as usual."""
    told = "; ".join(f"{report.label(n)}: {_value(v)}" for n, v in patient.facts)
    rest = len(patient.complete) - len(patient.facts)
    if not told:
        return "the usual patient"
    return f"{told}; all else as usual" if rest else told


def _value(value: object) -> str:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else visible(str(value))


def decider_sentences(report: Report, change: Change) -> Iterator[str]:
    """Yield which branches decided and decide, the most frequent first."""
    for entry in change.deciders[:MOST_DECIDERS]:
        old = _decider(entry.old, report.old_place, "nothing")
        new = _decider(entry.new, report.new_place, "nothing")
        count = "" if len(change.deciders) == 1 else f": {say_number(entry.count)}"
        yield f"decided before by {old}, now by {new}{count}"
    if len(change.deciders) > MOST_DECIDERS:
        yield f"and by {len(change.deciders) - MOST_DECIDERS} further pairs of branches"


def _decider(branch: Branch | None, place: Place, nothing: str) -> str:
    return nothing if branch is None else f"{visible(branch.id)} ({visible(place(branch))})"


def fact_sentence(report: Report, change: FactChange) -> str:
    """Return how a fact's domain changed."""
    name = visible(change.name)
    if change.change == "added":
        return f"{name} is new: {visible(change.new or '')}"
    if change.change == "removed":
        return f"{name} is gone: it was {visible(change.old or '')}"
    what = _FACT_WORDS[change.change]
    return f"{name} {what}: {visible(change.old or '')} before, {visible(change.new or '')} now"


def edit_sentence(edit: Edit) -> str:
    """Return which item was edited."""
    return f"{edit.item} {visible(edit.name)} {edit.change}"


def loss_sentence(report: Report, loss: Loss) -> str:
    """Return what a safety rule keeps less of."""
    rule = visible(loss.rule.text) or f"{loss.rule.rule_kind} {', '.join(loss.rule.names)}"
    count = "" if loss.count is None else say_count(loss.count, report.difference.unit)
    match loss.loss:
        case "removed":
            told = f"is gone, and no other rule says as much{f' for {count}' if count else ''}"
        case "weakened":
            told = f"says less than before{f': {count} are no longer bound' if count else ''}"
        case _:
            told = f"forbade what {count} get now in track {visible(loss.track)}"
    return f"the rule “{rule}” {told}"
