"""The data of a generated module as Python text: facts, leaves, nodes, rules.

In: parts of an artifact. Out: lines of Python. Texts of a pathway become literals by `repr`, which
escapes whatever could end, hide or reorder a line; in comments that is done by `visible`.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import groupby

from pathwaylang.compiler.emit.python.constraints import TRUTHS
from pathwaylang.diagnostics.visible import visible
from pathwaylang.ir.cells import Cut
from pathwaylang.ir.compiled import Artifact, DiagramTable, LeafEnd
from pathwaylang.ir.exact import write_exact
from pathwaylang.ir.facts import Fact
from pathwaylang.ir.guards import Arith, Call, Number, Ref, Term
from pathwaylang.runtime.advice import Advisor, derived_reads
from pathwaylang.runtime.breach import reason_of
from pathwaylang.runtime.compiled.prepared import scale_of

WIDTH = 100


def literal(value: object) -> str:
    """Return texts, numbers, and tuples and dicts of them as Python."""
    return repr(value)


def comment(text: str) -> str:
    """Return a text as one comment line that nothing in it can end."""
    return f"# {visible(text)}".rstrip()


def exact(value: Fraction) -> str:
    """Return an exact number as Python."""
    return f'Fraction("{write_exact(value)}")'


def cuts_text(cuts: Sequence[Cut]) -> str:
    """Return cuts as a tuple of pairs."""
    pairs = "".join(f"({exact(value)}, {side}), " for value, side in cuts)
    return f"({pairs.rstrip()})" if cuts else "()"


def fact_lines(artifact: Artifact) -> Iterator[str]:
    """Yield the table of facts, each with its label above it."""
    cells = {item.fact: item for item in artifact.cells}
    yield "FACTS: dict[str, Fact] = {"
    for fact in artifact.graph.facts:
        yield f"    {comment(fact.label)}"
        parts = [literal(fact.fact_kind)]
        if fact.fact_kind == "number":
            parts += [*_number(fact), f"cuts={cuts_text(cells[fact.name].cuts)}"]
        else:
            parts.append(f"cells={literal(cells[fact.name].groups)}")
        if fact.may_be_unknown:
            parts.append("may_be_unknown=True")
        yield f"    {literal(fact.name)}: Fact({', '.join(parts)}),"
    yield "}"


def _number(fact: Fact) -> Iterator[str]:
    assert fact.range is not None and fact.range.low is not None and fact.range.high is not None
    yield f"low={exact(fact.range.low)}"
    yield f"high={exact(fact.range.high)}"
    if not fact.range.low_closed:
        yield "low_closed=False"
    if not fact.range.high_closed:
        yield "high_closed=False"
    if fact.step is not None:
        yield f"step={exact(fact.step)}"
        yield f"scale={scale_of(fact)}"
    if fact.unit:
        yield f"unit={literal(fact.unit)}"


def formula_lines(table: DiagramTable) -> Iterator[str]:
    """Yield the formulas among the variables, with their programs."""
    yield "    formulas={"
    for formula in table.formulas:
        parts = (
            literal(formula.facts),
            literal(tuple(_program(formula.term))),
            cuts_text(formula.cuts),
            literal(formula.may_fail),
        )
        yield f"        {literal(formula.name)}: Formula({', '.join(parts)}),"
    yield "    },"


def _program(term: Term) -> Iterator[tuple[str, str]]:
    """Yield a formula in reverse Polish order."""
    match term:
        case Number(value):
            yield "number", write_exact(value)
        case Ref(name):
            yield "fact", name
        case Arith(operator, left, right):
            yield from _program(left)
            yield from _program(right)
            yield operator, "2"
        case Call(function, arguments):
            for argument in arguments:
                yield from _program(argument)
            yield function, str(len(arguments))


def leaf_lines(artifact: Artifact, table: DiagramTable) -> Iterator[str]:
    """Yield the leaves: those of the table, then the truths of the `impossible` rules."""
    decisions = {decision.name: decision for decision in artifact.graph.decisions}
    yield "_LEAVES = ("
    for leaf in table.leaves:
        if isinstance(leaf, LeafEnd):
            branch = decisions[leaf.decision].branches[leaf.branch]
            outcome = branch.outcome
            goes_to = outcome.names[0] if outcome.target == "stage" else ""
            parts = [branch.id, outcome.text, *([goes_to] if goes_to else [])]
        else:
            parts = ["", leaf.leaf]
        yield f"    Leaf({', '.join(map(literal, parts))}),"
    yield from (f'    Leaf("", "{truth}"),' for truth in TRUTHS)
    yield ")"


def node_lines(nodes: Sequence[tuple[int, ...]]) -> Iterator[str]:
    """Yield the nodes: a level, and where each of its cells leads."""
    yield "# A node: its level, then where each cell leads: a node further up, or -1 - leaf;"
    yield "# `7*3` stands for three cells that lead to 7."
    yield '_NODES = """'
    text = " ".join(map(_node, nodes))
    yield from textwrap.wrap(text, WIDTH, break_on_hyphens=False, break_long_words=False)
    yield '"""'


def _node(node: tuple[int, ...]) -> str:
    """Return a node as text; cells beside each other that lead to one place are counted."""
    runs = ((child, len(list(cells))) for child, cells in groupby(node[1:]))
    ways = (f"{child}*{count}" if count > 1 else str(child) for child, count in runs)
    return ",".join((str(node[0]), *ways))


def impossible_lines(artifact: Artifact, roots: Sequence[int]) -> Iterator[str]:
    """Yield the `impossible` rules with their reasons."""
    graph = artifact.graph
    advisor = Advisor(graph, derived_reads(graph))
    yield "    impossible=("
    for constraint, root in zip(graph.constraints, roots, strict=True):
        reads = tuple(advisor.facts_of(constraint.guard))
        parts = (root, reads, reason_of([constraint]), constraint.text)
        yield f"        Impossible({', '.join(map(literal, parts))}),"
    yield "    ),"
