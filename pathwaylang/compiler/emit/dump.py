"""A graph and its diagrams as readable text: what `pathwaylang dump` prints.

Records of the graph, or an artifact with its diagrams, go in; indented text comes out. Fields that
hold their default are left out, places in the source too. For reading and for comparing; nothing
parses it back.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import MISSING, Field, fields, is_dataclass
from fractions import Fraction

from pathwaylang.diagnostics import Span
from pathwaylang.ir.artifact import Artifact, DiagramTable, LeafEnd
from pathwaylang.ir.cells import Cells, Cut
from pathwaylang.ir.exact import write_exact
from pathwaylang.ir.graph import DecisionGraph

_SHORT = 100


def dump_graph(graph: DecisionGraph) -> str:
    """Return a decision graph as text, a line per record or field that holds something."""
    return "\n".join(_record(graph, "", "")) + "\n"


def _record(value: object, name: str, indent: str) -> Iterator[str]:
    lead = f"{indent}{name}: " if name else indent
    if is_dataclass(value) and not isinstance(value, type):
        short = _short(value)
        if short is not None and len(lead) + len(short) <= _SHORT:
            yield lead + short
            return
        yield lead + type(value).__name__
        for field in _telling(value):
            yield from _record(getattr(value, field.name), field.name, indent + "  ")
    elif isinstance(value, tuple) and any(map(is_dataclass, value)):
        yield f"{indent}{name}:"
        for item in value:
            yield from _record(item, "", indent + "  ")
    else:
        yield lead + _plain(value)


def _short(value: object) -> str | None:
    """Return a record on one line; None where it holds records."""
    told: list[str] = []
    for field in _telling(value):
        held = getattr(value, field.name)
        if is_dataclass(held) or (isinstance(held, tuple) and any(map(is_dataclass, held))):
            return None
        told.append(f"{field.name}={_plain(held)}")
    return f"{type(value).__name__}({', '.join(told)})"


def _telling(value: object) -> Iterator[Field[object]]:
    if not is_dataclass(value):
        return
    for field in fields(value):
        held = getattr(value, field.name)
        if not (isinstance(held, Span) or field.name == "kind" or held == _default(field)):
            yield field


def _default(field: Field[object]) -> object:
    return MISSING if field.default is MISSING else field.default


def _plain(value: object) -> str:
    match value:
        case bool():
            return "yes" if value else "no"
        case Fraction():
            return write_exact(value)
        case tuple():
            return f"[{', '.join(map(_plain, value))}]"
        case _:
            return str(value)


def dump_diagram(artifact: Artifact, table: DiagramTable) -> str:
    """Return the diagrams of all tracks: their roots, then every node with its cells and children.

    A node stands after the nodes that lead to it.
    """
    cells = {found.fact: found for found in artifact.cells}
    lines = [
        f"track {track}: starts at {_target(table, node, artifact)}" for track, node in table.roots
    ]
    for index in range(len(table.nodes) - 1, -1, -1):
        level, *children = table.nodes[index]
        name = table.variables[level]
        lines.append(f"n{index}: {name}")
        for cell, child in enumerate(children):
            told = cell_words(cells[name], cell) if name in cells else _opaque(table, name, cell)
            lines.append(f"  {told}: {_target(table, child, artifact)}")
    return "\n".join(lines) + "\n"


def _target(table: DiagramTable, node: int, artifact: Artifact) -> str:
    if node >= 0:
        return f"n{node}"
    leaf = table.leaves[-1 - node]
    if not isinstance(leaf, LeafEnd):
        return leaf.leaf
    branch = artifact.graph.decision(leaf.decision).branches[leaf.branch]
    return f"{branch.id}, {branch.outcome.text}"


def cell_words(cells: Cells, index: int) -> str:
    """Return the values of a cell: `yes`, `a or b`, `3 <= x < 5`, `unknown`."""
    if index == cells.unknown:
        return "unknown"
    if cells.groups:
        return " or ".join(cells.groups[index])
    return _between(cells.cuts, index)


def _opaque(table: DiagramTable, name: str, index: int) -> str:
    cuts = next((f.cuts for f in table.formulas if f.name == name), ())
    return _between(cuts, index) if index <= len(cuts) else "no value"


def _between(cuts: tuple[Cut, ...], index: int) -> str:
    low = cuts[index - 1] if index > 0 else None
    high = cuts[index] if index < len(cuts) else None
    start = f"{write_exact(low[0])} {'<' if low[1] else '<='} " if low else ""
    end = f" {'<=' if high[1] else '<'} {write_exact(high[0])}" if high else ""
    return f"{start}x{end}"
