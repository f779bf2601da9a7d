"""Which of several lines holds, as clauses: the rules of `choice.select`.

In: the lines' conditions as pairs of literals (certainly true, certainly false). Out: literals for
each line that is taken, and for the cases in which no line answers or two disagree.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pathwaylang.compiler.verify.choice import LineChoice
from pathwaylang.compiler.verify.engines.clauses import FALSE, TRUE, Clauses
from pathwaylang.ir.guards import Guard


@dataclass(frozen=True, slots=True)
class Pair:
    """A condition: where it is certainly true, and where it is certainly false."""

    true: int
    false: int

    @property
    def known(self) -> tuple[int, int]:
        """The literals of which one is true where the condition is known."""
        return self.true, self.false


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which line is taken (the first, where several hold), and where none or several are."""

    taken: tuple[int, ...]
    missing: int
    unanswered: int
    conflict: int


def choose(clauses: Clauses, pair_of: Callable[[Guard], Pair], choice: LineChoice) -> Chosen:
    """Return which of several lines holds."""
    pairs = [None if guard is None else pair_of(guard) for guard in choice.guards]
    taken = [FALSE] * len(pairs)
    before = TRUE
    open_: list[int] = []
    for index, pair in enumerate(pairs):
        if pair is None:
            continue
        taken[index] = clauses.all((before, pair.true))
        if not choice.unknown_means_no:
            unsure = clauses.all((-pair.true, -pair.false))
            open_.append(clauses.all((before, unsure)) if choice.in_order else unsure)
        stops = choice.in_order and not choice.unknown_means_no
        before = clauses.all((before, pair.false if stops else -pair.true))
    if choice.in_order:
        unanswered, none = clauses.any(open_), before
    else:
        unanswered = clauses.all((before, clauses.any(open_)))
        none = clauses.all((before, -clauses.any(open_)))
    conflict = FALSE if choice.in_order else _disagree(clauses, choice, pairs)
    if choice.otherwise is not None:
        taken[choice.otherwise], none = none, FALSE
    if choice.when_unknown is not None:
        taken[choice.when_unknown], unanswered = unanswered, FALSE
    return Chosen(tuple(taken), none, unanswered, conflict)


def _disagree(clauses: Clauses, choice: LineChoice, pairs: list[Pair | None]) -> int:
    groups: dict[object, list[int]] = {}
    for gives, pair in zip(choice.gives, pairs, strict=True):
        if pair is not None:
            groups.setdefault(gives, []).append(pair.true)
    return clauses.at_least(2, [clauses.any(group) for group in groups.values()])
