"""What a solver for real numbers decides about formulas that no grid can hold.

In: a partition with opaque formulas. Out: which classes of a formula some values in given cells
reach, which classes of several formulas go together, and values that show it.

Invariant: only what is proved impossible is taken away; rounding of `sqrt` and `log10` is allowed
for, so a value found is a proposal that the evaluator must confirm.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from importlib.util import find_spec
from itertools import product
from typing import Literal, Protocol

from pathwaylang.compiler.verify.partition import Partition
from pathwaylang.compiler.verify.tables import Opaque, Together

MOST_QUESTIONS = 1_500
"""So many combinations of cells and classes are asked of one cluster of formulas."""

IMPOSSIBLE: Literal["impossible"] = "impossible"

Values = dict[str, Fraction]


class Reals(Protocol):
    """A solver for real numbers."""

    def solve(
        self, cells: Mapping[str, int], classes: Mapping[str, int]
    ) -> Values | Literal["impossible"] | None:
        """Return values in the cells that bring the formulas into the classes.

        `IMPOSSIBLE` if there are none, None if the solver gave up.
        """


def find_reals(partition: Partition) -> Reals | None:
    """Return a solver for the opaque formulas of a partition, if there are any and it is there."""
    if not partition.opaques or find_spec("z3") is None:
        return None
    from pathwaylang.compiler.verify.engines.reals_z3 import Z3Reals

    return Z3Reals(partition)


@dataclass(frozen=True, slots=True)
class Cluster:
    """Formulas that share facts, directly or through others."""

    opaques: tuple[Opaque, ...]
    facts: tuple[str, ...]


def clusters(partition: Partition) -> list[Cluster]:
    """Return the opaque formulas, those that share facts together."""
    groups: list[tuple[list[Opaque], set[str]]] = []
    for opaque in partition.opaques.values():
        touching = [group for group in groups if group[1] & set(opaque.facts)]
        merged = [opaque]
        facts = set(opaque.facts)
        for group in touching:
            merged = [*group[0], *merged]
            facts |= group[1]
            groups.remove(group)
        groups.append((merged, facts))
    return [Cluster(tuple(opaques), tuple(sorted(facts))) for opaques, facts in groups]


def sharpen(partition: Partition) -> None:
    """Take away the classes, and combinations of classes, that no values reach."""
    reals = find_reals(partition)
    if reals is None:
        return
    for opaque in list(partition.opaques.values()):
        _sharpen_one(partition, reals, opaque)
    for cluster in clusters(partition):
        if len(cluster.opaques) > 1:
            never = _never_together(partition, reals, cluster)
            if never:
                names = tuple(opaque.variable for opaque in cluster.opaques)
                partition.together.append(Together(cluster.facts, names, never))


def _sharpen_one(partition: Partition, reals: Reals, opaque: Opaque) -> None:
    """Narrow the classes of one formula, from both ends of its bounds."""
    if sum(last - first + 1 for first, last in opaque.table.values()) > MOST_QUESTIONS:
        return
    table = dict(opaque.table)
    for known, (first, last) in opaque.table.items():
        cells = dict(zip(opaque.facts, known, strict=True))
        low, high = first, last

        def is_out(at: int, cells: dict[str, int] = cells) -> bool:
            return reals.solve(cells, {opaque.variable: at}) == IMPOSSIBLE

        while low < high and is_out(low):
            low += 1
        while low < high and is_out(high):
            high -= 1
        table[known] = (low, high)
    failing = frozenset(
        known
        for known in opaque.failing
        if reals.solve(
            dict(zip(opaque.facts, known, strict=True)), {opaque.variable: opaque.no_value}
        )
        != IMPOSSIBLE
    )
    partition.opaques[opaque.term] = replace(opaque, table=table, failing=failing)


def _never_together(
    partition: Partition, reals: Reals, cluster: Cluster
) -> tuple[tuple[tuple[int, ...], tuple[int, ...]], ...]:
    """Return the cells and classes of a cluster that no values bring about."""
    opaques = [partition.opaques[opaque.term] for opaque in cluster.opaques]
    asked = list(_combinations(partition, opaques, cluster.facts))
    if len(asked) > MOST_QUESTIONS:
        return ()
    names = [opaque.variable for opaque in opaques]
    return tuple(
        (cells, classes)
        for cells, classes in asked
        if reals.solve(
            dict(zip(cluster.facts, cells, strict=True)), dict(zip(names, classes, strict=True))
        )
        == IMPOSSIBLE
    )


def _combinations(
    partition: Partition, opaques: list[Opaque], facts: tuple[str, ...]
) -> Iterator[tuple[tuple[int, ...], tuple[int, ...]]]:
    count = 0
    for cells in product(*(range(len(partition.cells[name].cuts) + 1) for name in facts)):
        of = dict(zip(facts, cells, strict=True))
        ranges = []
        for opaque in opaques:
            known = tuple(of[name] for name in opaque.facts)
            first, last = opaque.table[known]
            fails = [opaque.no_value] if known in opaque.failing else []
            ranges.append([*range(first, last + 1), *fails])
        for classes in product(*ranges):
            yield cells, classes
            count += 1
            if count > MOST_QUESTIONS:
                return
