"""Write a pathway as one Python module without dependencies: `PATHWAY.py`.

In: an artifact. Out: the module's text: which pathway it is, a comment line for every branch, the
facts, the diagrams (small ones also as nested conditions), and the code that is the same for all.

Invariants: texts of the pathway stand in the module as literals, or in comments that nothing can
end but the end of their line; the same artifact gives the same text.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator

from pathwaylang.compiler.emit.python import standalone, standalone_facts
from pathwaylang.compiler.emit.python.constraints import TRUTHS, Rules, constraint_nodes
from pathwaylang.compiler.emit.python.tables import (
    comment,
    fact_lines,
    formula_lines,
    impossible_lines,
    leaf_lines,
    literal,
    node_lines,
)
from pathwaylang.ir.compiled import Artifact, DiagramTable
from pathwaylang.runtime.compiled.code import reached
from pathwaylang.runtime.compiled.prepared import variables_of
from pathwaylang.runtime.compiled.tree import own_orders
from pathwaylang.runtime.compiled.writer import Style, Writer
from pathwaylang.runtime.reach import Reach, reached_ways
from pathwaylang.runtime.table import Diagram

MOST_WRITTEN = 500
"""A track's diagram with no more nodes than that is also written as nested conditions."""

PARTS = (
    *(Diagram, Reach, reached_ways),
    *(standalone_facts.CaseError, standalone_facts.Fact, standalone_facts.Formula),
    *(standalone_facts.calculate, standalone_facts.calculate_one, standalone_facts.nine_places),
    *(standalone.Leaf, standalone.Impossible, standalone.read_node, standalone.Pathway),
)

HEAD = '''"""A clinical pathway, proved and compiled; `PATHWAY` says which. Generated: do not edit.

decide(case) takes the recorded facts by name: True or False (or "yes", "no"), the word of a choice,
a number in the fact's unit, "unknown" where a fact allows it; None or absent is not yet recorded.
It returns a dict: `status`, and `tracks` by name, each with

    status      recommendation, request, outside or contradiction
    outcome     what is recommended; branch (the one that decided), branches (all that agree)
    goes_to     the stage that follows, or ""
    requests    the facts that can still change the outcome, in reading order; possible (outcomes)
    reason      why it is outside, or a contradiction

The status of the whole is that of the first track that is no recommendation. Facts that are not
recorded are completed in all possible ways: if all agree, the outcome is certain. CaseError (a
ValueError) lists everything that is wrong with an input. It needs Python 3.11 and nothing else.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
'''

FOOT = '''

def decide(case: Mapping[str, object], stage: str | None = None) -> dict[str, object]:
    """Return the answer of a case; see the top of this module."""
    return _PATHWAY.decide(case, stage)
'''


def emit_python(artifact: Artifact, most_written: int = MOST_WRITTEN) -> str:
    """Return the module's text; the artifact must have a diagram."""
    table = artifact.diagram
    assert table is not None
    rules = constraint_nodes(artifact, table)
    blocks = [
        HEAD,
        "\n".join(_about(artifact)),
        "\n".join(_branches(artifact)),
        "# ---- how every pathway is decided\n\nPair = tuple[int, int]",
        *(inspect.getsource(part).rstrip() for part in PARTS),
        "# ---- this pathway",
        "\n".join(fact_lines(artifact)),
        *_conditions(artifact, table, most_written),
        "\n".join(_pathway(artifact, table, rules, most_written)),
    ]
    return "\n\n\n".join(block.strip("\n") for block in blocks) + "\n" + FOOT


def _about(artifact: Artifact) -> Iterator[str]:
    about = artifact.graph.about
    approved = f"{about.approved[0]}, {about.approved[1]}" if about.approved else ""
    yield "PATHWAY = {"
    for key, text in (
        ("name", about.name),
        ("title", about.title),
        ("version", about.version),
        ("status", about.status),
        ("approved", approved),
        ("source_hash", artifact.source_hash),
        ("compiled_by", artifact.tool),
    ):
        yield f"    {literal(key)}: {literal(text)},"
    yield "}"


def _branches(artifact: Artifact) -> Iterator[str]:
    """Yield a line for every branch: its id, its condition, where it leads, what it rests on."""
    lines = dict(artifact.lines)
    yield "# ---- the decisions, and their branches: id, condition, outcome, sources"
    for decision in artifact.graph.decisions:
        yield "#"
        yield comment(f"{decision.name}: {decision.label}")
        for branch in decision.branches:
            basis = branch.basis
            rests = ", ".join((*basis.cites, *(f"opinion: {text}" for text in basis.opinions)))
            at = f" (line {lines[branch.id]})" if branch.id in lines else ""
            condition = (
                f"when {branch.text}" if branch.branch_kind == "when" else branch.branch_kind
            )
            told = f"  {branch.id}{at}: {condition}; then {branch.outcome.text}"
            yield comment(f"{told} [{rests}]" if rests else told)


def _written(artifact: Artifact, table: DiagramTable, most: int) -> dict[str, str]:
    """Return the function's name of each track that is written as conditions."""
    return {
        track: f"_track_{number}"
        for number, (track, root) in enumerate(table.roots)
        if len(reached(table, root)) <= most
    }


def _conditions(artifact: Artifact, table: DiagramTable, most: int) -> Iterator[str]:
    """Yield the nested conditions of each track with a small diagram."""
    variables = variables_of(artifact, table)
    decisions = {decision.name: decision for decision in artifact.graph.decisions}
    notes = [
        comment(decisions[leaf.decision].branches[leaf.branch].id)[2:]
        if leaf.leaf == "end"
        else leaf.leaf
        for leaf in table.leaves
    ]
    style = Style(checked=True, indent="    ", notes=notes)
    names = _written(artifact, table, most)
    for track, root in table.roots:
        if track in names:
            nodes = {at: table.nodes[at] for at in reached(table, root)}
            ordered, top = own_orders(nodes, root, most)
            text = Writer(ordered, variables, style).write(names[track], top)
            yield comment(f"{track}: which leaf, by prepared values; -1 where one is missing")
            yield text


def _pathway(artifact: Artifact, table: DiagramTable, rules: Rules, most: int) -> Iterator[str]:
    graph = artifact.graph
    extra = len(table.leaves)
    yield from leaf_lines(artifact, table)
    yield from node_lines((*table.nodes, *rules.nodes))
    outcomes = "tuple(leaf.outcome for leaf in _LEAVES)"
    truths = {-1 - extra - i: truth for i, truth in enumerate(TRUTHS) if truth is not None}
    yield "_PATHWAY = Pathway("
    yield "    facts=FACTS,"
    yield from formula_lines(table)
    yield "    leaves=_LEAVES,"
    stages = {stage.name: stage.tracks for stage in graph.stages}
    yield f"    stages={literal(stages)},"
    yield "    reading={"
    yield from (f"        {literal(track)}: {literal(names)}," for track, names in table.reading)
    yield "    },"
    yield from impossible_lines(artifact, rules.roots)
    yield f"    truths={truths!r},"
    names = _written(artifact, table, most)
    yield "    functions={"
    yield from (f"        {literal(track)}: {name}," for track, name in names.items())
    yield "    },"
    yield f"    applies={literal(graph.applies_text)},"
    yield "    diagram=Diagram("
    yield f"        {literal(table.variables)},"
    yield "        tuple(map(read_node, _NODES.split())),"
    yield f"        {literal(dict(table.roots))},"
    yield f"        {outcomes},"
    yield "    ),"
    yield ")"
