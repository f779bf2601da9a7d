"""Which of several lines holds, as a diagram: branches, lines of classifications, pieces.

In: conditions as diagrams, and how the choice is made (sections 7 and 9 of the language). Out: a
diagram of the index chosen, or of what the choice says where no line holds; `HALT` where two lines
disagree.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

from pathwaylang.certificate.diagrams import FIRST, OPEN, Diagrams
from pathwaylang.ir.guards import Guard

HALT = ("halt",)


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines of which one must hold; two agree where what they give is equal."""

    guards: Sequence[Guard | None]
    gives: Sequence[Hashable]
    in_order: bool
    unknown_means_no: bool
    when_unknown: Hashable
    otherwise: Hashable


def chosen(d: Diagrams, truth: Callable[[Guard], int], lines: Lines) -> int:
    """Return which line holds: its index, or what the choice says for the rest."""
    state = d.leaf((None, False))
    for index, guard in enumerate(lines.guards):
        if guard is not None:
            state = d.join(_stepper(lines, index), state, truth(guard))

    def settle(pair: Hashable) -> Hashable:
        assert isinstance(pair, tuple)
        held, is_open = pair
        if held is not None:
            return HALT if held == "conflict" else held
        return lines.when_unknown if is_open else lines.otherwise

    return d.map(state, settle)


def _stepper(lines: Lines, index: int) -> Callable[[Hashable, Hashable], Hashable]:
    """Return what a further line does to what held so far: (index held or None, unknown open)."""

    def step(state: Hashable, truth: Hashable) -> Hashable:
        if truth is False:
            return FIRST
        if not isinstance(state, tuple):
            return OPEN
        held, is_open = state
        if lines.in_order and (held is not None or is_open):
            return FIRST
        if truth is OPEN:
            return OPEN
        if truth is None:
            return (held, is_open or not lines.unknown_means_no)
        if held is None:
            return (index, is_open)
        agrees = held == "conflict" or lines.gives[held] == lines.gives[index]
        return FIRST if agrees else ("conflict", is_open)

    return step
