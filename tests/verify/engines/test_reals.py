"""Formulas over dense numbers: what the ranges make impossible is no finding, what they allow has
a patient.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from pathwaylang.compiler.emit.artifact import Stamp, emit_artifact
from pathwaylang.compiler.verify.engines.proving import solve_graph
from pathwaylang.compiler.verify.engines.reals import find_reals, sharpen
from pathwaylang.compiler.verify.partition import Partition
from pathwaylang.compiler.verify.prove import prove
from pathwaylang.diagnostics import Diagnostic
from pathwaylang.ir.artifact import dump_artifact, read_artifact
from pathwaylang.ir.derived import Formula
from pathwaylang.ir.facts import Fact
from pathwaylang.ir.graph import (
    About,
    Branch,
    Decision,
    DecisionGraph,
    Outcome,
    Recommendation,
    Stage,
)
from pathwaylang.ir.guards import (
    All,
    Arith,
    Call,
    Guard,
    Interval,
    Not,
    Ref,
    Relation,
    Term,
    Within,
)
from pathwaylang.runtime import Case, Pathway
from tests.verify.engines.agreement import HEAD, keys

pytest.importorskip("z3", reason="z3-solver is not installed (extra verify)")


def number(name: str, low: int, high: int, step: Fraction | None = None) -> Fact:
    return Fact(name, name, "number", range=Interval(Fraction(low), Fraction(high)), step=step)


def graph(facts: tuple[Fact, ...], derived: tuple[Formula, ...], *guards: Guard) -> DecisionGraph:
    """One unordered decision: each guard recommends something else, otherwise nothing is done."""
    branches = [
        Branch(f"d.{at}", "when", guard, Outcome("recommend", (f"r{at}",)))
        for at, guard in enumerate(guards)
    ]
    branches.append(Branch("d.o", "otherwise", None, Outcome("recommend", ("nothing",))))
    names = ("nothing", *(f"r{at}" for at in range(len(guards))))
    return DecisionGraph(
        About("g", "G"),
        facts,
        derived,
        (Decision("d", "d", tuple(branches)),),
        (Stage("main", "Main", ("d",)),),
        tuple(Recommendation(name, name) for name in names),
    )


BMI = Formula(
    "bmi",
    "bmi",
    Arith("/", Ref("weight"), Arith("*", Ref("height"), Ref("height"))),
    Interval(Fraction(0), Fraction(200)),
)
BODY = (number("weight", 40, 150), number("height", 1, 2))


def at_least(name: str, value: int) -> Within:
    return Within(name, (Interval(Fraction(value), None),))


def failures(found: tuple[Diagnostic, ...]) -> list[str]:
    return [d.code for d in found if d.is_failure]


def test_a_conflict_that_the_ranges_forbid_is_none() -> None:
    light = Within("weight", (Interval(None, Fraction(45)),))
    heavy = at_least("bmi", 46)
    assert failures(prove(graph(BODY, (BMI,), light, heavy), HEAD).diagnostics) == []


def test_a_conflict_that_the_ranges_allow_has_a_patient() -> None:
    light = Within("weight", (Interval(None, Fraction(45)),))
    heavy = Within("bmi", (Interval(Fraction(449, 10), None),))
    found = prove(graph(BODY, (BMI,), light, heavy), HEAD).diagnostics
    assert failures(found) == ["PW0504"]
    (conflict,) = (d for d in found if d.code == "PW0504")
    assert conflict.evidence is not None and conflict.evidence.patient is not None


def test_numbers_that_cannot_be_in_a_circle() -> None:
    x, y, z = Ref("x"), Ref("y"), Ref("z")
    facts = (number("x", 0, 9), number("y", 0, 9), number("z", 0, 9))
    circle = All((Relation(x, y, True), Relation(y, z, True), Relation(z, x, True)))
    found = prove(graph(facts, (), Relation(x, y, True), circle), HEAD).diagnostics
    assert failures(found) == ["PW0506"]


def test_numbers_in_a_row() -> None:
    x, y, z = Ref("x"), Ref("y"), Ref("z")
    facts = (number("x", 0, 9), number("y", 0, 9), number("z", 0, 9))
    row = All((Relation(x, y, True), Relation(y, z, True)))
    found = prove(graph(facts, (), row, Relation(x, z, True)), HEAD).diagnostics
    assert failures(found) == ["PW0504"]
    backwards = All((row, Not(Relation(x, z, True))))
    found = prove(graph(facts, (), Relation(y, x, True), backwards), HEAD).diagnostics
    assert failures(found) == ["PW0506"]


def test_a_narrow_region_has_a_patient() -> None:
    product = Arith("*", Ref("x"), Ref("y"))
    narrow = Interval(Fraction(20001, 1000), Fraction(20002, 1000))
    form = Formula("area", "area", product, Interval(Fraction(0), Fraction(100)))
    facts = (number("x", 1, 9), number("y", 1, 9))
    found = prove(
        graph(facts, (form,), Within("area", (narrow,)), at_least("area", 20)), HEAD
    ).diagnostics
    assert failures(found) == ["PW0504"]


ROOT = Call("sqrt", (Arith("*", Ref("x"), Ref("y")),))
LOG = Arith("+", Call("log10", (Ref("x"),)), Call("log10", (Ref("y"),)))


@pytest.mark.parametrize(
    ("term", "top"), [(ROOT, 10), (LOG, 3), (Call("max", (Ref("x"), Ref("y"))), 11)]
)
def test_classes_out_of_reach_are_taken_away(term: Term, top: int) -> None:
    facts = (number("x", 1, 9), number("y", 1, 9))
    form = Formula("f", "f", term, Interval(Fraction(0), Fraction(100)))
    partition = Partition(graph(facts, (form,), at_least("f", top)))
    sharpen(partition)
    (opaque,) = partition.opaques.values()
    assert set(opaque.table.values()) == {(0, 0)}


def test_both_engines_agree_on_dense_numbers() -> None:
    light = Within("weight", (Interval(None, Fraction(45)),))
    for bound in (44, 46):
        asked = graph(BODY, (BMI,), light, at_least("bmi", bound))
        partition = Partition(asked)
        sharpen(partition)
        from pathwaylang.compiler.verify.engines.with_z3 import Z3Solver

        solved = solve_graph(asked, partition, Z3Solver, HEAD)
        assert keys(prove(asked, HEAD).diagnostics) == keys(solved.diagnostics)


def test_no_solver_is_asked_without_such_formulas() -> None:
    facts = (number("x", 0, 3, Fraction(1)),)
    assert find_reals(Partition(graph(facts, (), at_least("x", 2)))) is None


RATIO = Formula("f", "f", Arith("/", Ref("x"), Ref("y")), Interval(Fraction(0), Fraction(100)))


@pytest.mark.parametrize("low", [0, 1])
def test_a_formula_without_a_value_is_unknown(low: int) -> None:
    facts = (number("x", 0, 9), number("y", low, 9))
    found = prove(graph(facts, (RATIO,), at_least("f", 2)), HEAD).diagnostics
    assert failures(found) == ([] if low else ["PW0503"])
    for diagnostic in found:
        assert diagnostic.evidence is not None and diagnostic.evidence.patient is not None
        assert ("y", 0) in diagnostic.evidence.patient.complete


def test_the_runtime_answers_where_a_formula_has_no_value() -> None:
    asked = graph((number("x", 0, 9), number("y", 0, 9)), (RATIO,), at_least("f", 2))
    (decision,) = asked.decisions
    unknown = Branch("d.u", "unknown", None, Outcome("recommend", ("nothing",)))
    decision = replace(decision, branches=(*decision.branches, unknown))
    asked = replace(asked, decisions=(decision,))
    found = prove(asked, HEAD)
    assert found.diagnostics == ()
    assert found.verification is not None and found.proof is not None
    stamp = Stamp("test", "0", ())
    artifact = emit_artifact(asked, found.verification, found.proof.record, stamp)
    pathway = Pathway(read_artifact(dump_artifact(artifact)))
    for y, outcome in ((0, "nothing"), (4, "r0"), (5, "nothing")):
        answer = pathway.evaluate(Case({"x": Fraction(9), "y": Fraction(y)}))
        assert (answer["d"].status, answer["d"].outcome) == ("recommendation", outcome)
    assert pathway.evaluate(Case({"x": Fraction(9)}))["d"].status == "request"
