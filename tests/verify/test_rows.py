"""Long lists of boxes are decided all at once, as the evaluator decides them one by one."""

from __future__ import annotations

import random

import pytest

from pathwaylang.compiler.verify import rows
from pathwaylang.compiler.verify.flow import End, Stuck
from pathwaylang.compiler.verify.verification import Verification, verify_graph
from pathwaylang.ir.facts import Choice, Fact
from pathwaylang.ir.graph import (
    About,
    Branch,
    BranchKind,
    Decision,
    DecisionGraph,
    Outcome,
    Recommendation,
    Stage,
)
from pathwaylang.ir.guards import All, Guard, OneOf
from pathwaylang.runtime.walk import Halt, Walker, choose
from tests.verify.strategies import all_cases

NAMES = ("a", "b", "c", "d")
CODES = tuple(f"v{number}" for number in range(9))


def table(seed: int) -> DecisionGraph:
    """A table of many rows over facts with many codes; some rows leave facts open."""
    chance = random.Random(seed)
    facts = tuple(
        Fact(
            name,
            name,
            "choice",
            tuple(Choice(code, code) for code in CODES),
            may_be_unknown=chance.random() < 0.5,
        )
        for name in ("x", "y", "z")
    )
    branches = []
    for number in range(rows.FEWEST_LINES + chance.randrange(30)):
        read = chance.sample(facts, chance.randint(1, 3))
        atoms: tuple[Guard, ...] = tuple(
            OneOf(fact.name, tuple(chance.sample(CODES, chance.randint(1, 2)))) for fact in read
        )
        outcome = Outcome("recommend", (chance.choice(NAMES),))
        branches.append(Branch(f"t.{number}", "when", All(atoms), outcome))
    kinds: tuple[BranchKind, ...] = ("unknown", "otherwise")
    for kind in kinds:
        if chance.random() < 0.5:
            branches.append(Branch(f"t.{kind}", kind, None, Outcome("recommend", ("a",))))
    decision = Decision(
        "t", "t", tuple(branches), chance.random() < 0.5, chance.random() < 0.5, layout="table"
    )
    return DecisionGraph(
        About("table", "Table"),
        facts,
        (),
        (decision,),
        (Stage("main", "Main", ("t",)),),
        tuple(Recommendation(name, name) for name in NAMES),
    )


@pytest.mark.parametrize("seed", range(25))
def test_tables_equal_the_walker(seed: int) -> None:
    graph = table(seed)
    verification = verify_graph(graph)
    assert isinstance(verification, Verification)
    flow, space = verification.flow, verification.space
    guards = tuple(branch.guard for branch in graph.decisions[0].branches)
    assert rows.as_rows(space, flow.symbolic.guard, guards) is not None
    level_of = flow.symbolic.level_of
    walker = Walker(graph)
    for case in all_cases(graph):
        cells = {
            level_of[name]: verification.partition.cells[name].cell_of(value)
            for name, value in case.items()
        }
        found = choose(graph.decisions[0], walker.values(case))
        leaf = space.value_at(flow.track("t"), cells)
        if isinstance(found, Halt):
            assert isinstance(leaf, Stuck)
            assert leaf.fault.fault == found.halt
        else:
            assert isinstance(leaf, End)
            assert leaf.branch == found
