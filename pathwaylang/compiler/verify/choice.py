"""Which of several lines holds: branches of a decision, lines of a classification, pieces.

In: the lines' conditions as diagrams. Out: a diagram of the line chosen, with a `Fault` where no
line answers or two lines answer differently. The rules are language.md sections 7 and 9: unordered
lines may not disagree; in order, the first true line wins and an unknown line stops the list.

Invariant: the result agrees with `runtime.choose` on every case (property test).
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass

from pathwaylang.compiler.verify.kept import Kept
from pathwaylang.compiler.verify.rows import Rows, as_rows, build_rows, lines_in
from pathwaylang.ir.derived import Classification, Piecewise
from pathwaylang.ir.diagram import Space
from pathwaylang.ir.guards import All, Guard

GuardDiagram = Callable[[Guard], int]


@dataclass(frozen=True, slots=True)
class Fault:
    """A leaf for cases that no line answers, or that two lines answer differently."""

    fault: str
    lines: tuple[int, ...] = ()


MISSING = Fault("missing")
UNANSWERED = Fault("unanswered")


@dataclass(frozen=True, slots=True)
class LineChoice:
    """Lines of which one must hold: their conditions (None for `otherwise`) and what they give.

    Two lines agree where `gives` is equal. `when_unknown` is the index of a `when unknown` line.
    """

    guards: tuple[Guard | None, ...]
    gives: tuple[Hashable, ...]
    in_order: bool
    unknown_means_no: bool
    when_unknown: int | None = None

    @property
    def otherwise(self) -> int | None:
        """The index of the `otherwise` line."""
        for index, guard in enumerate(self.guards):
            if guard is None and index != self.when_unknown:
                return index
        return None


def line_choice(derived: Classification | Piecewise) -> LineChoice:
    """Return the lines of a classification or piecewise number as a choice."""
    if isinstance(derived, Classification):
        return LineChoice(
            tuple(line.guard for line in derived.lines),
            tuple(line.value for line in derived.lines),
            derived.in_order,
            derived.unknown_means_no,
        )
    return LineChoice(
        tuple(piece.guard for piece in derived.pieces),
        tuple(piece.term for piece in derived.pieces),
        False,
        derived.unknown_means_no,
    )


@dataclass(frozen=True, slots=True)
class Selection:
    """Which line is chosen (leaves: index, `Fault`, or None), and all lines that hold.

    `holding` builds a diagram with leaves (indices that hold, something is unknown); it is None for
    an ordered choice, and where no two lines that agree hold together.
    """

    chosen: int
    holding: Callable[[], int] | None


MOST_HOLDING = 2
"""So many lines that hold together are told apart; more that agree say nothing new."""


def told_apart(choice: LineChoice, held: Iterable[int]) -> tuple[int, ...]:
    """Return the first lines of those that hold, and the first that disagrees, if it is another.

    INVARIANT: what is kept of a union is what is kept of what is kept of its parts.
    """
    kept: list[int] = []
    for index in held:
        if len(kept) < MOST_HOLDING or choice.gives[index] != choice.gives[kept[0]]:
            kept.append(index)
            if len(kept) > MOST_HOLDING or choice.gives[index] != choice.gives[kept[0]]:
                break
    return tuple(kept)


def select(kept: Kept, diagram: GuardDiagram, choice: LineChoice) -> Selection:
    """Return the diagram of which line holds."""
    parts = tuple(_nodes_of_parts(diagram, guard) for guard in choice.guards)
    key = (parts, choice.gives, choice.in_order, choice.unknown_means_no, choice.when_unknown)
    found = kept.selections.get(key)
    if found is None:
        found = kept.selections[key] = _select(kept.space, diagram, choice)
    return found


def _nodes_of_parts(diagram: GuardDiagram, guard: Guard | None) -> tuple[int, ...] | None:
    """Return the diagrams of a condition's parts; together they say what it means."""
    if guard is None:
        return None
    return tuple(map(diagram, guard.items)) if isinstance(guard, All) else (diagram(guard),)


def _select(space: Space, diagram: GuardDiagram, choice: LineChoice) -> Selection:
    rows = as_rows(space, diagram, choice.guards)
    found = None if rows is None else _from_rows(space, rows, choice)
    if found is not None:
        return found
    way = _in_order if choice.in_order else _unordered
    return way(space, diagram, choice)


def _from_rows(space: Space, rows: Rows, choice: LineChoice) -> Selection | None:
    overlaps = False

    def first(sure: int, maybe: int) -> Hashable:
        considered = sure if choice.unknown_means_no else maybe
        if considered == 0:
            return _no_line(choice)
        lowest = considered & -considered
        return lowest.bit_length() - 1 if lowest & sure else _left_open(choice)

    def held(sure: int, maybe: int) -> Hashable:
        return told_apart(choice, lines_in(sure)), not sure and maybe != 0

    def settled(sure: int, maybe: int) -> Hashable:
        nonlocal overlaps
        overlaps = overlaps or sure.bit_count() > 1
        return _settle(choice, held(sure, maybe))

    chosen = build_rows(space, rows, choice.in_order, first if choice.in_order else settled)
    if chosen is None:
        return None

    def holding() -> int:
        found = build_rows(space, rows, False, held)
        assert found is not None  # the lines were followed before
        return found

    return Selection(chosen, holding if overlaps else None)


def _no_line(choice: LineChoice) -> Hashable:
    return MISSING if choice.otherwise is None else choice.otherwise


def _left_open(choice: LineChoice) -> Hashable:
    return UNANSWERED if choice.when_unknown is None else choice.when_unknown


def _in_order(space: Space, diagram: GuardDiagram, choice: LineChoice) -> Selection:
    nothing = space.leaf(_no_line(choice))
    open_ = nothing if choice.unknown_means_no else space.leaf(_left_open(choice))
    parts: list[int] = []
    for index, guard in enumerate(choice.guards):
        if guard is not None:
            leaf: dict[Hashable, int] = {True: space.leaf(index), False: nothing, None: open_}
            parts.append(space.graft(diagram(guard), leaf.__getitem__))

    def decide(a: int, b: int) -> int | None:
        if a == nothing:
            return b
        return a if b in (a, nothing) or space.is_leaf(a) else None

    memo: dict[object, int] = {}
    return Selection(
        space.balanced(parts, lambda a, b: space.combine(a, b, decide, memo), nothing), None
    )


def _unordered(space: Space, diagram: GuardDiagram, choice: LineChoice) -> Selection:
    """Join lines that agree first: few of them are told apart, so their diagrams are small."""
    nothing = space.leaf(((), False))

    def decide(a: int, b: int) -> int | None:
        if a in {nothing, b}:
            return b
        if b == nothing:
            return a
        if space.is_leaf(a) and space.is_leaf(b):
            first, second = space.values[a], space.values[b]
            assert isinstance(first, tuple) and isinstance(second, tuple)
            held = told_apart(choice, sorted((*first[0], *second[0])))
            return space.leaf((held, not held and (first[1] or second[1])))
        return None

    memo: dict[object, int] = {}

    def join(a: int, b: int) -> int:
        return space.combine(a, b, decide, memo)

    groups: dict[Hashable, list[int]] = {}
    for index, guard in enumerate(choice.guards):
        if guard is not None:
            state = space.map(diagram(guard), _holds_alone(index))
            groups.setdefault(choice.gives[index], []).append(state)
    agreeing = [space.balanced(states, join, nothing) for states in groups.values()]
    holding = space.balanced(agreeing, join, nothing)
    chosen = space.map(holding, lambda state: _settle(choice, state))
    return Selection(chosen, lambda: holding)


def _holds_alone(index: int) -> Callable[[Hashable], Hashable]:
    """Return how a condition's truth becomes a state of one line."""
    return lambda truth: ((index,) if truth is True else (), truth is None)


def _settle(choice: LineChoice, state: Hashable) -> Hashable:
    assert isinstance(state, tuple)
    held, is_open = state
    if not held:
        return _left_open(choice) if is_open and not choice.unknown_means_no else _no_line(choice)
    first: int = held[0]
    if all(choice.gives[index] == choice.gives[first] for index in held[1:]):
        return first
    return Fault("conflict", held)
