"""Orders of the diagram's variables.

In: the facts in declared order, and hyperedges (facts that one condition or derived fact reads
together). Out: candidate orders, best guess first. The order decides the size of the diagram, so
the verifier tries several under one budget and keeps the smallest.

Source: F. A. Aloul, I. L. Markov, K. A. Sakallah, FORCE: a fast and easy-to-implement
variable-ordering heuristic, 2003.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

MOST_ROUNDS = 60


@dataclass(frozen=True, slots=True)
class Order:
    """A named order of the variables, from the root down."""

    name: str
    variables: tuple[str, ...]


def first_use(variables: Sequence[str], edges: Sequence[frozenset[str]]) -> tuple[str, ...]:
    """Return the variables in the order in which the hyperedges first read them."""
    rank = {name: index for index, name in enumerate(variables)}
    seen: dict[str, None] = {}
    for edge in edges:
        for name in sorted(edge, key=lambda n: rank[n]):
            seen.setdefault(name)
    for name in variables:
        seen.setdefault(name)
    return tuple(seen)


def span(order: Sequence[str], edges: Iterable[frozenset[str]]) -> int:
    """Return how far the hyperedges stretch over an order, summed up."""
    at = {name: index for index, name in enumerate(order)}
    total = 0
    for edge in edges:
        places = [at[name] for name in edge]
        total += max(places) - min(places)
    return total


def force(start: Sequence[str], edges: Sequence[frozenset[str]]) -> tuple[str, ...]:
    """Pull variables towards the middle of the hyperedges they belong to, until nothing gains."""
    best = tuple(start)
    best_span = span(best, edges)
    of: dict[str, list[int]] = {name: [] for name in start}
    for index, edge in enumerate(edges):
        for name in edge:
            of[name].append(index)
    current = list(best)
    for _ in range(MOST_ROUNDS):
        at = {name: index for index, name in enumerate(current)}
        middles = [sum(at[name] for name in edge) / len(edge) for edge in edges]

        def pull(
            name: str, at: dict[str, int] = at, middles: list[float] = middles
        ) -> tuple[float, int]:
            own = of[name]
            centre = sum(middles[i] for i in own) / len(own) if own else float(at[name])
            return centre, at[name]

        following = sorted(current, key=pull)
        if following == current:
            break
        current = following
        length = span(current, edges)
        if length < best_span:
            best, best_span = tuple(current), length
    return best


def candidate_orders(
    variables: Sequence[str], edges: Sequence[frozenset[str]]
) -> tuple[Order, ...]:
    """Return the orders to try, without repeats."""
    return tuple(orders_to_try(variables, edges))


def orders_to_try(variables: Sequence[str], edges: Sequence[frozenset[str]]) -> Iterator[Order]:
    """Yield the orders to try, without repeats; each is worked out when it is asked for."""
    used = first_use(variables, edges)
    ways: tuple[tuple[str, Callable[[], tuple[str, ...]]], ...] = (
        ("first use", lambda: used),
        ("FORCE from first use", lambda: force(used, edges)),
        ("FORCE from the declared order", lambda: force(variables, edges)),
        ("declared", lambda: tuple(variables)),
    )
    seen: set[tuple[str, ...]] = set()
    for name, way in ways:
        found = way()
        if found not in seen:
            seen.add(found)
            yield Order(name, found)
