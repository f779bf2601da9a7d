"""What a derived fact means, in words: the limits behind a name such as “Ablation is safe”.

In come the definitions of a graph and its `Words`; out come short lines, each with the names it
reads. A definition that asks for another one is told with what that one asks for, so that the lines
hold facts and their limits and few further names.

Invariants: the lines say the same as the definition; those of a condition, which must all hold,
have level 0, all others level 1. A condition is only told in place of its name
where the name must hold: a negated name stays a name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import assert_never

from pathwaylang.compiler.emit.quantities import number_words, unit_words
from pathwaylang.compiler.emit.words import Line, Words
from pathwaylang.ir.derived import (
    Classification,
    Condition,
    Derived,
    Formula,
    Piecewise,
    Score,
)
from pathwaylang.ir.graph import DecisionGraph
from pathwaylang.ir.guards import All, Guard, Holds, guard_names, term_names


class Meanings:
    """The definitions of a graph, told in words."""

    __slots__ = ("_derived", "_words")

    def __init__(self, graph: DecisionGraph, words: Words) -> None:
        self._derived = {item.name: item for item in graph.derived}
        self._words = words

    def of(self, name: str, known: frozenset[str] = frozenset()) -> tuple[Line, ...]:
        """Return what a derived fact means; nothing for a fact.

        Conditions that are `known`, because they are told elsewhere, are told by name.
        """
        item = self._derived.get(name)
        return tuple(dict.fromkeys(self._lines(item, known))) if item else ()

    def key(self, names: Iterable[str]) -> dict[str, tuple[Line, ...]]:
        """Return the meanings of the derived facts among the names, then of what these name."""
        first = [name for name in dict.fromkeys(names) if name in self._derived]
        known = frozenset(first)
        found = {name: self.of(name, known) for name in first}
        inner = dict.fromkeys(
            name for lines in found.values() for line in lines for name in line.names
        )
        further = (name for name in inner if name in self._derived and name not in found)
        return found | {name: self.of(name) for name in further}

    def _lines(self, item: Derived, known: frozenset[str]) -> Iterator[Line]:
        match item:
            case Condition():
                yield from self._conjuncts(item.guard, known)
            case Formula():
                yield Line(self._words.term(item.term), 1, tuple(term_names(item.term)))
            case Piecewise():
                for piece in item.pieces:
                    told = self._words.term(piece.term)
                    unit = unit_words(item.unit)
                    told += f" {unit}" if unit and unit != "%" else unit
                    names = tuple(term_names(piece.term))
                    yield from self._case(told, piece.guard, names)
            case Classification():
                for line in item.lines:
                    yield from self._case(self._words.choice(item.name, line.value), line.guard)
            case Score():
                for add in item.lines:
                    points = number_words(add.points)
                    word = "point" if points in ("1", "-1") else "points"
                    yield from self._case(f"{points} {word}", add.guard)
            case _:
                assert_never(item)

    def _case(self, told: str, guard: Guard | None, names: tuple[str, ...] = ()) -> Iterator[Line]:
        """Yield one line of a class, score or number: what it gives, and when."""
        if guard is None:
            yield Line(f"{told} otherwise", 1, names)
            return
        read = tuple(dict.fromkeys((*names, *guard_names(guard))))
        yield Line(f"{told} if {self._words.sentence(guard)}", 1, read)

    def _conjuncts(self, guard: Guard, known: frozenset[str]) -> Iterator[Line]:
        """Yield what must all hold, a line each, with definitions that must hold told in full."""
        for item in guard.items if isinstance(guard, All) else (guard,):
            inner = self._derived.get(item.name) if isinstance(item, Holds) else None
            if isinstance(inner, Condition) and inner.name not in known:
                yield from self._conjuncts(inner.guard, known)
            else:
                names = tuple(dict.fromkeys(guard_names(item)))
                yield Line(self._words.sentence(item), 0, names)
