"""The tree of `bench.trees` in the languages of other engines; each decides the same cases.

A peer is made from a tree and gives two functions: one that brings a case into the form the engine
wants (not timed), and one that decides. An engine that is not installed raises ImportError.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from bench.trees import TOP, Domain, Input, Leaf, Node, Tree, condition

Case = dict[str, object]


@dataclass(frozen=True, slots=True)
class Peer:
    """An engine with the tree loaded: `decide(encode(case))` gives what `outcome` understands."""

    encode: Callable[[Case], Any]
    decide: Callable[[Any], Any]
    outcome: Callable[[Any], str]


def zen_table(tree: Tree) -> Peer:
    """The decision table of zen-engine (Rust), a row for each leaf."""
    zen = import_module("zen")
    engine = zen.ZenEngine({"loader": {"type": "static", "content": {"tree": _zen(tree)}}})
    return Peer(
        lambda case: case,
        lambda case: engine.evaluate("tree", case),
        lambda said: str(said["result"]["outcome"]),
    )


def cel_nested(tree: Tree) -> Peer:
    """One nested expression of CEL, in its Rust implementation."""
    program = import_module("cel").compile(_ternary(tree, tree.root))
    return Peer(lambda case: case, program.execute, str)


def cedar_policies(tree: Tree) -> Peer:
    """A Cedar policy for each leaf; numbers become whole tenths, since it knows no others."""
    cedar = import_module("cedarpy")
    policies = cedar.PolicySet.from_str("\n".join(_cedar(tree, leaf) for leaf in tree.leaves))
    entities = cedar.Entities.from_json_str("[]")
    tenths = {asked.name for asked in tree.inputs if asked.kind == "tenths"}

    def encode(case: Case) -> dict[str, object]:
        context = {n: round(v * 10) if n in tenths else v for n, v in case.items()}  # type: ignore[operator]
        who = {"principal": 'U::"p"', "action": 'Action::"a"', "resource": 'R::"r"'}
        return {**who, "context": context}

    def outcome(said: Any) -> str:
        return str(next(iter(said.diagnostics.id_annotations_by_reason.values())).split(":")[1])

    return Peer(encode, lambda request: cedar.is_authorized(request, policies, entities), outcome)


PEERS: dict[str, Callable[[Tree], Peer]] = {
    "zen-engine, decision table": zen_table,
    "CEL (Rust), nested expression": cel_nested,
    "cedarpy, a policy for each leaf": cedar_policies,
}

MODULES = dict(zip(PEERS, ("zen", "cel", "cedarpy"), strict=True))
"""What each peer imports."""


def _zen(tree: Tree) -> dict[str, object]:
    inputs = [
        {"id": i.name, "name": i.name, "type": "expression", "field": i.name} for i in tree.inputs
    ]
    rules = []
    for leaf in tree.leaves:
        cells = {i.name: "" for i in tree.inputs}
        cells |= {tree.inputs[k].name: _zen_cell(tree.inputs[k], d) for k, d in leaf.where.items()}
        rules.append({"_id": str(leaf.number), "out": json.dumps(leaf.outcome), **cells})
    outputs = [{"id": "out", "name": "out", "type": "expression", "field": "outcome"}]
    table = {"hitPolicy": "first", "inputs": inputs, "outputs": outputs, "rules": rules}
    names = (("in", "inputNode"), ("table", "decisionTableNode"), ("end", "outputNode"))
    nodes: list[dict[str, object]] = [
        {"id": name, "name": name, "type": kind, "position": {"x": x, "y": 0}}
        for x, (name, kind) in enumerate(names)
    ]
    nodes[1]["content"] = table
    edges = [
        {"id": f"{a}-{b}", "sourceId": a, "targetId": b, "type": "edge"}
        for a, b in (("in", "table"), ("table", "end"))
    ]
    kind = "application/vnd.gorules.decision"
    return {"contentType": kind, "nodes": nodes, "edges": edges}


def _zen_cell(asked: Input, here: Domain) -> str:
    if asked.kind == "yes/no":
        return "true" if here == (0,) else "false"
    if asked.kind == "choice":
        return ", ".join(json.dumps(asked.value(cell)) for cell in here)
    low, high = asked.value(here[0]), asked.value(here[1])
    if here[0] == 0:
        return f"< {high}"
    return f">= {low}" if here[1] == TOP[asked.kind] else f"[{low}..{high})"


def _ternary(tree: Tree, node: Node | Leaf) -> str:
    if isinstance(node, Leaf):
        return json.dumps(node.outcome)
    asked = tree.inputs[node.input]
    if asked.kind == "choice":
        parts = (f"{asked.name} == {json.dumps(asked.value(cell))}" for cell in node.cells)
        question = f"({' || '.join(parts)})"
    elif asked.kind == "yes/no":
        question = asked.name if node.cells == (0,) else f"!{asked.name}"
    else:
        question = condition(asked, node.cells).replace(f'c["{asked.name}"]', asked.name)
    return f"({question} ? {_ternary(tree, node.yes)} : {_ternary(tree, node.no)})"


def _cedar(tree: Tree, leaf: Leaf) -> str:
    parts: list[str] = []
    for index, here in leaf.where.items():
        asked = tree.inputs[index]
        value = f"context.{asked.name}"
        if asked.kind == "yes/no":
            parts.append(value if here == (0,) else f"!{value}")
        elif asked.kind == "choice":
            words = " || ".join(f"{value} == {json.dumps(asked.value(cell))}" for cell in here)
            parts.append(f"({words})")
        else:
            parts += [f"{value} >= {here[0]}"] if here[0] else []
            parts += [f"{value} < {here[1]}"] if here[1] < TOP[asked.kind] else []
    when = " && ".join(parts) or "true"
    name = f"{leaf.number}:{leaf.outcome}"
    return f'@id("{name}") permit(principal, action, resource) when {{ {when} }};'
