"""Walk the artifact's diagram: what can still come out, and which facts can still change it.

In: the table of nodes, and for each recorded fact its cell. Out: the leaves that some completion
reaches; for each fact that is missing whether two completions that differ in it alone (or, failing
that, sets of completions) end differently.

Invariant: completions that an `impossible` excludes count for nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from pathwaylang.ir.artifact import DiagramTable, LeafEnd
from pathwaylang.ir.graph import DecisionGraph

OUTSIDE = "outside"
IMPOSSIBLE = "impossible"


class Table:
    """The diagrams of all tracks."""

    def __init__(self, table: DiagramTable, graph: DecisionGraph) -> None:
        self.variables = table.variables
        self.level_of = {name: level for level, name in enumerate(table.variables)}
        self.roots = dict(table.roots)
        self.reading = dict(table.reading)
        self.formulas = table.formulas
        self.leaves = table.leaves
        self._nodes = table.nodes
        decisions = {decision.name: decision for decision in graph.decisions}
        self.outcomes = tuple(
            decisions[leaf.decision].branches[leaf.branch].outcome.text
            if isinstance(leaf, LeafEnd)
            else leaf.leaf
            for leaf in table.leaves
        )
        """The outcome of each leaf; `outside` and `impossible` for the two others."""

    @cached_property
    def impossible(self) -> frozenset[int]:
        """The nodes of impossible leaves."""
        return frozenset(-1 - i for i, text in enumerate(self.outcomes) if text == IMPOSSIBLE)

    def reachable(self, root: int, fixed: Mapping[int, int]) -> dict[int, None]:
        """Return the nodes below zero (leaves) and above that some completion reaches."""
        nodes = self._nodes
        seen: dict[int, None] = {root: None}
        stack = [root]
        while stack:
            at = stack.pop()
            if at < 0:
                continue
            node = nodes[at]
            cell = fixed.get(node[0])
            for child in node[1:] if cell is None else (node[1 + cell],):
                if child not in seen:
                    seen[child] = None
                    stack.append(child)
        return seen

    def open_leaves(self, root: int, fixed: Mapping[int, int]) -> list[int]:
        """Return the indices of the leaves that some possible completion reaches, ascending."""
        found = (at for at in self.reachable(root, fixed) if at < 0 and at not in self.impossible)
        return sorted(-1 - at for at in found)

    def step(self, at: int, fixed: Mapping[int, int]) -> int:
        """Follow recorded facts from a node as long as they are recorded."""
        nodes = self._nodes
        while at >= 0:
            cell = fixed.get(nodes[at][0])
            if cell is None:
                return at
            at = nodes[at][1 + cell]
        return at

    def changing(self, root: int, fixed: Mapping[int, int]) -> set[int]:
        """Return the levels of missing facts that can still change the outcome."""
        by_level: dict[int, list[int]] = {}
        for at in self.reachable(root, fixed):
            if at >= 0 and self._nodes[at][0] not in fixed:
                by_level.setdefault(self._nodes[at][0], []).append(at)
        memo: dict[tuple[int, int], bool] = {}
        found = {
            level
            for level, nodes in by_level.items()
            if any(self._splits(node, fixed, memo) for node in nodes)
        }
        if found or not by_level:
            return found
        return {level for level in by_level if self._narrows(root, fixed, level)} or {min(by_level)}

    def _splits(self, at: int, fixed: Mapping[int, int], memo: dict[tuple[int, int], bool]) -> bool:
        """Whether two cells of a node's fact can end differently, all else equal."""
        children = sorted({self.step(child, fixed) for child in self._nodes[at][1:]})
        return any(
            self._differ(first, second, fixed, memo)
            for index, first in enumerate(children)
            for second in children[index + 1 :]
        )

    def _differ(
        self, a: int, b: int, fixed: Mapping[int, int], memo: dict[tuple[int, int], bool]
    ) -> bool:
        a, b = self.step(a, fixed), self.step(b, fixed)
        if a == b or a in self.impossible or b in self.impossible:
            return False
        if a < 0 and b < 0:
            return self.outcomes[-1 - a] != self.outcomes[-1 - b]
        key = (a, b) if a < b else (b, a)
        known = memo.get(key)
        if known is None:
            nodes = self._nodes
            la = nodes[a][0] if a >= 0 else len(self.variables)
            lb = nodes[b][0] if b >= 0 else len(self.variables)
            width = len(nodes[a] if la <= lb else nodes[b]) - 1
            known = memo[key] = any(
                self._differ(
                    nodes[a][1 + i] if la <= lb else a,
                    nodes[b][1 + i] if lb <= la else b,
                    fixed,
                    memo,
                )
                for i in range(width)
            )
        return known

    def outcomes_by_cell(
        self, root: int, fixed: Mapping[int, int], level: int, cells: int
    ) -> list[frozenset[str]]:
        """Return for each cell of a missing fact the outcomes that stay possible."""
        return [
            frozenset(
                self.outcomes[leaf] for leaf in self.open_leaves(root, {**fixed, level: cell})
            )
            for cell in range(cells)
        ]

    def _narrows(self, root: int, fixed: Mapping[int, int], level: int) -> bool:
        width = max(
            len(self._nodes[at]) - 1
            for at in self.reachable(root, fixed)
            if at >= 0 and self._nodes[at][0] == level
        )
        sets = {s for s in self.outcomes_by_cell(root, fixed, level, width) if s}
        return len(sets) > 1

    def completion(self, root: int, fixed: Mapping[int, int], leaf: int) -> dict[int, int]:
        """Return cells of missing facts that lead from the root to a leaf that is reachable."""
        nodes = self._nodes
        leads: dict[int, bool] = {}

        def can(at: int) -> bool:
            if at < 0:
                return at == -1 - leaf
            found = leads.get(at)
            if found is None:
                node = nodes[at]
                cell = fixed.get(node[0])
                children = node[1:] if cell is None else (node[1 + cell],)
                found = leads[at] = any(can(child) for child in children)
            return found

        path: dict[int, int] = {}
        at = root
        while at >= 0:
            node = nodes[at]
            level = node[0]
            cell = fixed.get(level)
            if cell is None:
                cell = next(i for i in range(len(node) - 1) if can(node[1 + i]))
                path[level] = cell
            at = node[1 + cell]
        return path
