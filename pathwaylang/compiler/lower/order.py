"""A stable topological order: as in the file, unless something must come earlier.

In: names in file order and, for each, the names that must stand before it. Out: the names sorted.
The names must be free of circles; names outside the list are ignored.

Source: A. B. Kahn, Topological sorting of large networks, 1962, with a heap for stability.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from heapq import heapify, heappop, heappush


def sort_by_need(names: Sequence[str], needs: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Return the names so that each stands after those it needs.

    >>> sort_by_need(["a", "b", "c"], {"a": ["c"]})
    ('b', 'c', 'a')
    """
    at = {name: index for index, name in enumerate(names)}
    open_needs = {name: {n for n in needs.get(name, ()) if n in at} for name in names}
    followers: dict[str, list[str]] = {name: [] for name in names}
    for name, needed in open_needs.items():
        for other in needed:
            followers[other].append(name)
    ready = [at[name] for name in names if not open_needs[name]]
    heapify(ready)
    result: list[str] = []
    while ready:
        name = names[heappop(ready)]
        result.append(name)
        for follower in followers[name]:
            open_needs[follower].discard(name)
            if not open_needs[follower]:
                heappush(ready, at[follower])
    return tuple(result)
