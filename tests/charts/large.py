"""Generated pathways of the sizes that must still be drawn: many decisions, one long table."""

from __future__ import annotations

import random

from pathwaylang.ir.graph import About, Branch, Decision, DecisionGraph, Stage
from tests.charts.build import (
    at_least,
    below,
    both,
    decide,
    go,
    no,
    number,
    recommend,
    results,
    row,
    when,
    yes,
    yes_no,
)

_RESULTS = results(
    *((f"r{n}", f"Recommendation number {n} of the generated set") for n in range(40))
)


def many_decisions(count: int, seed: int = 1) -> DecisionGraph:
    """A stage of four tracks; each decision goes on to two or three later ones, or recommends."""
    chance = random.Random(seed)
    facts = (
        *(yes_no(f"f{n}", f"Finding number {n} is present") for n in range(20)),
        number("size", "Size of the largest finding", 0, 200, "mm"),
    )
    decisions = []
    for n in range(count):
        branches = []
        for k in range(4):
            later = range(n + 1, min(n + 12, count))
            name = f"d{n}.{k + 1}"
            guard = both(yes(f"f{(n + k) % 20}"), no(f"f{(n + k + 7) % 20}"))
            outcome = recommend(f"r{chance.randrange(40)}")
            if later and chance.random() < 0.6:
                outcome = go(f"d{chance.choice(later)}")
            branches.append(when(name, guard, outcome, "conditional for"))
        branches[0] = (
            when(f"d{n}.1", below("size", n + 1), go(f"d{n + 4}"), "")
            if (n + 4 < count)
            else branches[0]
        )
        branches[-1] = when(f"d{n}.4", None, recommend(f"r{n % 40}"), "")
        decisions.append(decide(f"d{n}", f"Question number {n} of the generated set?", *branches))
    return DecisionGraph(
        About("many", "A generated pathway of many decisions"),
        facts,
        (),
        tuple(decisions),
        (Stage("main", "Main", ("d0", "d1", "d2", "d3")),),
        _RESULTS,
    )


def long_table(rows: int) -> DecisionGraph:
    """One table of so many rows."""
    facts = (number("size", "Size", 0, rows, "mm"), yes_no("old", "Older than 70"))
    found: list[Branch] = []
    for n in range(rows):
        cells = (f"{n} mm", "any")
        guard = both(at_least("size", n), below("size", n + 1))
        found.append(row(f"R{n + 1}", cells, guard, recommend(f"r{n % 40}")))
    table = Decision("dose", "Which dose?", tuple(found), layout="table", columns=("size", "old"))
    return DecisionGraph(
        About("long", "A generated pathway with a long table"),
        facts,
        (),
        (table,),
        (Stage("main", "Main", ("dose",)),),
        _RESULTS,
    )
