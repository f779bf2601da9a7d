"""The table of nodes: variables exist, nodes lead downwards, leaves are branches that decide.

INVARIANT: a node refers only to nodes before it, all deeper than itself, so each way ends.
"""

from __future__ import annotations

from pathwaylang.ir.compiled import Artifact, DiagramTable, LeafEnd
from pathwaylang.ir.graph import Decision
from pathwaylang.ir.guards import term_names
from pathwaylang.ir.integrity.domains import check_cuts
from pathwaylang.ir.integrity.require import damaged, require, require_unique


def check_table(artifact: Artifact, table: DiagramTable) -> None:
    """Check the diagrams; raise `ArtifactError` where they do not fit the pathway."""
    graph = artifact.graph
    cells = {item.fact: len(item.counts) for item in artifact.cells}
    numbers = {fact.name for fact in graph.facts if fact.fact_kind == "number"}
    require_unique((formula.name for formula in table.formulas), "formulas")
    for formula in table.formulas:
        reads = set(term_names(formula.term))
        fits = formula.name not in cells and numbers.issuperset(formula.facts)
        require(fits and reads <= set(formula.facts), f"formula `{formula.name}` does not fit")
        check_cuts(formula.cuts, formula.name)
        cells[formula.name] = len(formula.cuts) + (2 if formula.may_fail else 1)
    names = require_unique(table.variables, "variables")
    require(cells.keys() >= names, "a variable stands for nothing")
    require(names.issuperset(f.name for f in table.formulas), "a formula is no variable")
    _check_nodes(table, [cells[name] for name in table.variables])
    decisions = {decision.name: decision for decision in graph.decisions}
    for leaf in table.leaves:
        require(not isinstance(leaf, LeafEnd) or _decides(leaf, decisions), "a leaf has no branch")
    _check_tracks(artifact, table)


def _check_nodes(table: DiagramTable, sizes: list[int]) -> None:
    level: list[int] = []
    least, last = -len(table.leaves), len(sizes)
    for index, node in enumerate(table.nodes):
        if len(node) < 2 or not 0 <= node[0] < last:  # noqa: PLR2004 - a variable and a way
            raise damaged(f"node {index} has no variable")
        here = node[0]
        if len(node) - 1 != sizes[here]:
            raise damaged(f"node {index} has a wrong number of ways")
        for child in node[1:]:
            if not least <= child < index:
                raise damaged(f"node {index} leads nowhere")
            if child >= 0 and level[child] <= here:
                raise damaged(f"node {index} is out of order")
        level.append(here)


def _decides(leaf: LeafEnd, decisions: dict[str, Decision]) -> bool:
    """Whether a leaf names a branch that ends a way."""
    decision = decisions.get(leaf.decision)
    if decision is None or not 0 <= leaf.branch < len(decision.branches):
        return False
    outcome = decision.branches[leaf.branch].outcome
    return outcome.outcome_kind != "go to" or outcome.target != "decision"


def _check_tracks(artifact: Artifact, table: DiagramTable) -> None:
    roots, reading = dict(table.roots), dict(table.reading)
    facts = {fact.name for fact in artifact.graph.facts}
    for stage in artifact.graph.stages:
        for track in stage.tracks:
            root = roots.get(track)
            has_root = root is not None and -len(table.leaves) <= root < len(table.nodes)
            require(has_root, f"track `{track}` has no root")
            require(
                facts == set(reading.get(track, ())), f"track `{track}` does not read all facts"
            )
