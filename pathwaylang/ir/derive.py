"""The values of derived facts for one case.

`Values` answers for every name of a pathway: facts from the case, derived facts computed on demand
and remembered. It is the evaluator's view of a complete case; a fact that is absent counts as
`unknown` here, so callers that care about "not yet recorded" must complete the case first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from typing import assert_never

from pathwaylang.ir.derived import (
    Classification,
    Condition,
    Derived,
    Formula,
    Piecewise,
    Score,
)
from pathwaylang.ir.facts import UNKNOWN, Value
from pathwaylang.ir.guards import Guard
from pathwaylang.ir.kleene import TrackSays, Truth, evaluate_guard, evaluate_term, no_tracks


def first_line(
    guards: Iterable[Guard | None],
    in_order: bool,
    unknown_means_no: bool,
    truth: Callable[[Guard], Truth],
) -> int | None:
    """Return the index of the line that holds, or None where that is unknown or no line does.

    `truth` evaluates a condition; a guard of None is `otherwise`.
    """
    otherwise: int | None = None
    open_ = False
    for index, guard in enumerate(guards):
        if guard is None:
            otherwise = index
            continue
        result = truth(guard)
        if result is None and not unknown_means_no:
            open_ = True
            if in_order:
                return None
        elif result:
            return index
    return None if open_ else otherwise


class Values:
    """Facts and derived facts of one case, by name."""

    __slots__ = ("_case", "_derived", "_seen", "_track_says")

    def __init__(
        self,
        case: Mapping[str, Value],
        derived: Mapping[str, Derived],
        track_says: TrackSays = no_tracks,
    ) -> None:
        self._case = case
        self._derived = derived
        self._seen: dict[str, Value] = {}
        self._track_says = track_says

    def __call__(self, name: str) -> Value:
        """Return the value of a name; `UNKNOWN` where it is absent or cannot be known."""
        derived = self._derived.get(name)
        if derived is None:
            return self._case.get(name, UNKNOWN)
        found = self._seen.get(name)
        if found is None:
            found = self._seen[name] = self._compute(derived)
        return found

    def truth(self, guard: Guard) -> Truth:
        """Return whether a condition holds."""
        return evaluate_guard(guard, self, self._track_says)

    def _compute(self, derived: Derived) -> Value:
        match derived:
            case Condition():
                result = self.truth(derived.guard)
                if result is None:
                    return False if derived.unknown_means_no else UNKNOWN
                return result
            case Formula():
                number = evaluate_term(derived.term, self)
                return UNKNOWN if number is None else number
            case Piecewise():
                at = first_line(
                    (p.guard for p in derived.pieces), False, derived.unknown_means_no, self.truth
                )
                number = None if at is None else evaluate_term(derived.pieces[at].term, self)
                return UNKNOWN if number is None else number
            case Classification():
                at = first_line(
                    (line.guard for line in derived.lines),
                    derived.in_order,
                    derived.unknown_means_no,
                    self.truth,
                )
                return UNKNOWN if at is None else derived.lines[at].value
            case Score():
                return self._score(derived)
            case _:
                assert_never(derived)

    def _score(self, score: Score) -> Value:
        total = Fraction(0)
        for line in score.lines:
            result = self.truth(line.guard)
            if result:
                total += line.points
            elif result is None and not score.unknown_means_no:
                return UNKNOWN
        return total
