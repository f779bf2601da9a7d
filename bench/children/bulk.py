"""Time many cases of a tree, in columns, on several ways in turn: prints nanoseconds a case.

python -m bench.children.bulk 40 1000000 3
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any

import numpy as np

from bench.kept import tree_artifact_text
from bench.measure import cpu_of, emit
from bench.trees import TOP, Input, Leaf, Node, Tree, as_dict, codes, compile_nested, make_tree
from pathwaylang.ir.compiled import LeafEnd
from pathwaylang.runtime import Pathway, loads
from pathwaylang.runtime.bulk.adapters.chunks import table_chunks
from pathwaylang.runtime.bulk.adapters.masks import Masks, plan
from pathwaylang.runtime.bulk.adapters.reading import Column

DIFFERENT = 20_000
LOOPED = 20_000

Run = Callable[[], Any]


def columns_of(tree: Tree, rows: list[list[int]], order: Any) -> dict[str, Any]:
    """Return the cases as arrays: truths, whole numbers (for words, too), floats for tenths."""
    table = np.array(rows)[order]
    found: dict[str, Any] = {}
    for index, asked in enumerate(tree.inputs):
        column = table[:, index]
        match asked.kind:
            case "yes/no":
                found[asked.name] = column == 0
            case "choice":
                found[asked.name] = column.astype(np.int8)
            case "whole":
                found[asked.name] = column.astype(np.int32)
            case "tenths":
                found[asked.name] = column / 10
    return found


def arrow_table(tree: Tree, columns: dict[str, Any]) -> Any:
    """Return the same as an Arrow table; words are coded by a dictionary."""
    pa = import_module("pyarrow")
    arrays = {}
    for asked in tree.inputs:
        column = columns[asked.name]
        if asked.kind == "choice":
            words = pa.array([asked.value(cell) for cell in range(asked.size)])
            arrays[asked.name] = pa.DictionaryArray.from_arrays(pa.array(column), words)
        else:
            arrays[asked.name] = pa.array(column)
    return pa.table(arrays)


# ------------------------------------------------------------ ours


def leaf_numbers(pathway: Pathway, leaves: Any) -> Any:
    """Return the tree's numbers of our leaves."""
    diagram = pathway.artifact.diagram
    assert diagram is not None
    branch = [
        int(pathway.walker.branch((leaf.decision, leaf.branch)).id.removeprefix("rule_"))
        for leaf in diagram.leaves
        if isinstance(leaf, LeafEnd)
    ]
    return np.array(branch)[leaves]


def our_masks(pathway: Pathway, table: Any) -> tuple[Run, Run]:
    """Return what decides all rows from their cells; and what gives the numbers of their leaves."""
    artifact = pathway.artifact
    diagram = artifact.diagram
    assert diagram is not None
    cells = {item.fact: item for item in artifact.cells}
    constants = dict(artifact.constants)
    columns = {
        fact.name: Column(fact, cells[fact.name], constants.get(fact.name, ()))
        for fact in artifact.graph.facts
    }
    level_of = {name: level for level, name in enumerate(diagram.variables)}
    way = plan(dict(enumerate(diagram.nodes)), dict(diagram.roots)["what"])

    chunks = [
        ({level_of[name]: coded.cells() for name, coded in chunk.coded.items()}, chunk.rows)
        for chunk in table_chunks(table, columns, False)
    ]

    def run() -> list[tuple[Any, list[int]]]:
        found = []
        for cells_by_level, count in chunks:
            masks = Masks(cells_by_level, count)
            found.append(masks.walk(way, masks.packed(np.ones(count, np.bool_))))
        return found

    def leaves() -> Any:
        return np.concatenate([-1 - np.array(ends)[places] for places, ends in run()])

    return run, lambda: leaf_numbers(pathway, leaves())


def our_answer(pathway: Pathway, table: Any) -> tuple[Run, Run]:
    def numbers() -> Any:
        column = pathway.evaluate_many(table)["what"]
        branch = [int(entry.branch.removeprefix("rule_")) for entry in column.endings]
        return np.array(branch)[np.asarray(column.codes)]

    return lambda: pathway.evaluate_many(table), numbers


# ------------------------------------------------------------ peers


def polars_nested(tree: Tree, columns: dict[str, Any]) -> tuple[Run, Run]:
    pl = import_module("polars")

    def expression(node: Node | Leaf) -> Any:
        if isinstance(node, Leaf):
            return pl.lit(node.number, pl.Int16)
        asked = tree.inputs[node.input]
        value = pl.col(asked.name)
        if asked.kind in TOP:
            question = value < asked.value(node.cells[1])
        elif asked.kind == "yes/no":
            question = value if node.cells == (0,) else ~value
        else:
            question = value == node.cells[0]
            for cell in node.cells[1:]:
                question = question | (value == cell)
        yes, no = expression(node.yes), expression(node.no)
        return pl.when(question).then(yes).otherwise(no)

    frame, wanted = pl.DataFrame(columns), expression(tree.root).alias("leaf")
    return lambda: frame.select(wanted), lambda: frame.select(wanted)["leaf"].to_numpy(
        writable=True
    )


def duckdb_nested(tree: Tree, columns: dict[str, Any]) -> tuple[Run, Run]:
    """Nested CASE on a native table; rows carry their number, since threads may mix them."""
    duckdb, pa = import_module("duckdb"), import_module("pyarrow")
    rows = len(next(iter(columns.values())))
    source = pa.table({**columns, "row_number": np.arange(rows)})
    connection = duckdb.connect()
    connection.register("source", source)
    connection.execute("CREATE TABLE cases AS SELECT * FROM source")
    query = f"SELECT row_number, ({_case(tree, tree.root)})::SMALLINT AS leaf FROM cases"

    def run() -> Any:
        found = connection.sql(query).to_arrow_table()
        leaves = np.empty(rows, np.int16)
        leaves[found["row_number"].to_numpy()] = found["leaf"].to_numpy()
        return leaves

    return run, run


def _case(tree: Tree, node: Node | Leaf) -> str:
    if isinstance(node, Leaf):
        return str(node.number)
    question = _sql(tree.inputs[node.input], node.cells)
    return f"CASE WHEN {question} THEN {_case(tree, node.yes)} ELSE {_case(tree, node.no)} END"


def _sql(asked: Input, cells: tuple[int, ...]) -> str:
    if asked.kind in TOP:
        return f"{asked.name} < {asked.value(cells[1])}{'e0' if asked.kind == 'tenths' else ''}"
    if asked.kind == "yes/no":
        return asked.name if cells == (0,) else f"NOT {asked.name}"
    return f"{asked.name} IN ({', '.join(map(str, cells))})"


# ------------------------------------------------------------ all


def looped(tree: Tree, rows: list[list[int]]) -> Run:
    decide, cases = compile_nested(tree), [as_dict(tree, row) for row in rows[:LOOPED]]

    def run() -> None:
        for case in cases:
            decide(case)

    return run


def main() -> None:
    leaves, count, rounds = (int(argument) for argument in sys.argv[1:4])
    tree = make_tree(leaves)
    rows, ends = codes(tree, min(DIFFERENT, count))
    order = np.random.default_rng(5).integers(0, len(rows), count)
    columns, wanted = columns_of(tree, rows, order), np.array(ends)[order]
    pathway = loads(tree_artifact_text(leaves))
    table = arrow_table(tree, columns)
    ways = {
        "masks: cells in, leaves out": our_masks(pathway, table),
        "`evaluate_many` of an Arrow table": our_answer(pathway, table),
    }
    problems: dict[str, str] = {}
    for name, make in (("polars, nested", polars_nested), ("DuckDB, nested CASE", duckdb_nested)):
        try:
            ways[name] = make(tree, columns)
        except ImportError as error:
            problems[name] = f"not installed ({error.name})"
    for name, (_, numbers) in ways.items():
        if not np.array_equal(numbers(), wanted):
            raise SystemExit(f"{name} does not say what the tree says")
    runs: dict[str, tuple[Run, int]] = {"by hand": (looped(tree, rows), min(LOOPED, len(rows)))}
    runs |= {name: (run, count) for name, (run, _) in ways.items()}
    times: dict[str, list[float]] = {name: [] for name in runs}
    gc.disable()
    for _ in range(rounds):
        for name, (run, cases) in runs.items():
            times[name].append(cpu_of(run, 0.02) / cases * 1e9)
        gc.collect()
    emit({"times": times, "problems": problems})


if __name__ == "__main__":
    main()
