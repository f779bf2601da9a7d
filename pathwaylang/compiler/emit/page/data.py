"""What the page's script works on, as plain data: the artifact with all that people read of it.

In come an artifact and the maps of its charts, out comes a dictionary for JSON. Left out are rules,
examples' expectations and everything that only the compiler needs; the diagram is packed. Added are
conditions in words in every language, units that may be typed, the record of the proof in words and
the points that rest on opinion.

INVARIANT: numbers stay exact texts; nothing here is markup, the page shows it all as text.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from pathwaylang.compiler.emit.dot.palette import LOOKS
from pathwaylang.compiler.emit.page.pack import pack_nodes
from pathwaylang.compiler.emit.page.units import typed_units
from pathwaylang.compiler.emit.quantities import unit_words
from pathwaylang.compiler.emit.summary import LIMITS, basis_counts
from pathwaylang.compiler.emit.translation import in_language, languages_of
from pathwaylang.compiler.emit.words import Words
from pathwaylang.compiler.emit.words_meaning import Meanings
from pathwaylang.diagnostics.counts import say_count
from pathwaylang.ir.artifact import Artifact, dump_artifact
from pathwaylang.ir.derived import Classification, Piecewise, Score
from pathwaylang.ir.exact import write_exact
from pathwaylang.ir.facts import Fact, Value
from pathwaylang.ir.graph import Branch, DecisionGraph

Plain = dict[str, object]
_GRAPH = (
    *("about", "facts", "derived", "decisions", "stages", "recommendations", "tests"),
    *("constraints", "applies_text", "sources"),
)


def page_data(artifact: Artifact, charts: list[Plain], preset: dict[str, Value]) -> Plain:
    """Return the data of the page; `preset` is a case the form starts with."""
    graph = artifact.graph
    spoken = {name: in_language(graph, name) for name in languages_of(graph)}
    return {
        "artifact": model_data(artifact),
        "words": {name: _branch_words(words) for name, words in spoken.items()},
        "meanings": {name: _meanings(words) for name, words in spoken.items()},
        "kinds": {kind: [look.sign, look.word, look.meaning] for kind, look in LOOKS.items()},
        "applies": _applies(graph),
        "charts": charts,
        "proof": _proof(artifact),
        "limits": list(LIMITS),
        "reviews": [list(item) for item in _opinions(graph)],
        "basis": list(basis_counts(graph)),
        "examples": [
            [example.label, {name: _value(value) for name, value in example.given}]
            for example in graph.examples
        ],
        "preset": {name: _value(value) for name, value in preset.items()},
        "source_hash": artifact.source_hash,
        "tool": artifact.tool,
    }


def model_data(artifact: Artifact) -> Plain:
    """Return the part that the evaluator reads."""
    plain = json.loads(dump_artifact(artifact))
    assert artifact.diagram is not None, "a page needs the decision diagram"
    plain["diagram"]["nodes"] = pack_nodes(artifact.diagram.nodes)
    graph = {name: plain["graph"].get(name, "") for name in _GRAPH}
    for item in graph["derived"]:
        item["unit_words"] = unit_words(item.get("unit", ""))
    for fact, told in zip(artifact.graph.facts, graph["facts"], strict=True):
        told["unit_words"] = unit_words(fact.unit)
        told["units"] = _units(fact)
    return {
        "graph": graph,
        "cells": plain["cells"],
        "constants": plain["constants"],
        "diagram": plain["diagram"],
    }


def _meanings(graph: DecisionGraph) -> dict[str, list[list[object]]]:
    """Return what each derived fact means, as lines with their depth and the names they read."""
    meanings = Meanings(graph, Words(graph))
    told = {item.name: meanings.of(item.name) for item in graph.derived}
    return {
        name: [[line.text, line.level, *line.names] for line in lines]
        for name, lines in told.items()
    }


def _branch_words(graph: DecisionGraph) -> dict[str, list[list[object]]]:
    """Return the condition of every branch in words, as lines with their depth."""
    words = Words(graph)
    branches = (branch for decision in graph.decisions for branch in decision.branches)
    return {branch.id: _lines(words, branch) for branch in branches}


def _lines(words: Words, branch: Branch) -> list[list[object]]:
    if branch.guard is None:
        is_unknown = branch.branch_kind == "unknown"
        return [["where this cannot be known" if is_unknown else "where no other row applies", 0]]
    return [[line.text, line.level] for line in words.condition(branch.guard)]


def _applies(graph: DecisionGraph) -> list[list[object]]:
    if graph.applies is None:
        return []
    return [[line.text, line.level] for line in Words(graph).condition(graph.applies)]


def _units(fact: Fact) -> list[list[object]]:
    return [
        [unit.text, write_exact(unit.factor), write_exact(unit.offset), unit.is_same]
        for unit in typed_units(fact)
    ]


def _value(value: Value) -> object:
    return value if isinstance(value, bool | str) else write_exact(value)


def _proof(artifact: Artifact) -> list[str]:
    """Return what was proved, a line for each stage; nothing without a record."""
    record = artifact.proof
    if record is None:
        return []
    labels = {stage.name: stage.label or stage.name for stage in artifact.graph.stages}
    return [
        f"Proved for the stage “{labels.get(stage.stage, stage.stage)}”: each of "
        f"{say_count(int(stage.cases), record.unit)} reaches exactly one outcome"
        f"{f' in each of {len(stage.tracks)} tracks' if len(stage.tracks) > 1 else ''}."
        for stage in record.stages
    ]


def _opinions(graph: DecisionGraph) -> Iterator[tuple[str, str]]:
    """Yield where an opinion stands, and the opinion."""
    for item in graph.derived:
        label = item.label or item.name
        match item:
            case Classification() | Score():
                bases = [line.basis for line in item.lines]
            case Piecewise():
                bases = [piece.basis for piece in item.pieces]
            case _:
                bases = [item.basis]
        yield from ((label, text) for basis in bases for text in basis.opinions)
    for decision in graph.decisions:
        for branch in decision.branches:
            where = f"{decision.label or decision.name} {branch.id}"
            yield from ((where, text) for text in branch.basis.opinions)
    for constraint in graph.constraints:
        yield from ((f"impossible: {constraint.text}", t) for t in constraint.basis.opinions)
    for rule in graph.rules:
        yield from ((f"safety rule: {rule.text}", text) for text in rule.basis.opinions)
