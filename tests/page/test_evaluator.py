"""The page's evaluator answers as the Python runtime: generated graphs, the liver pathway."""

from __future__ import annotations

import random
from fractions import Fraction

from hypothesis import HealthCheck, given, seed, settings

from pathwaylang.compiler.emit.page.units import typed_units
from pathwaylang.ir.facts import UNKNOWN, Fact, Value
from pathwaylang.ir.graph import DecisionGraph
from pathwaylang.runtime import Case, CaseError, Pathway
from tests.page.support import (
    Question,
    liver_artifact,
    pathway_of,
    raw,
    told_by_page,
    told_by_runtime,
)
from tests.verify.strategies import graphs, values_of

GRAPHS = 40
CASES_OF_A_GRAPH = 12
LIVER_CASES = 40


def generated_questions(count: int, cases: int = CASES_OF_A_GRAPH) -> list[Question]:
    """Cases of so many sound generated graphs, from empty to complete; one graph in six is sound.

    Fewer come out where hypothesis finds no more.
    """
    found: list[Question] = []

    @seed(6)
    @settings(
        max_examples=count * 12,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(graphs())
    def collect(graph: DecisionGraph) -> None:
        if len(found) >= count * cases:
            return
        pathway = pathway_of(graph)
        if pathway is None:
            return
        chance = random.Random(len(found))
        for number in range(cases):
            share = number / (cases - 1)
            found.append(Question(pathway, some_values(graph.facts, share, chance)))

    collect()
    return found


def some_values(facts: tuple[Fact, ...], share: float, chance: random.Random) -> dict[str, Value]:
    return {
        fact.name: chance.choice(some_of(fact, chance)) for fact in facts if chance.random() < share
    }


def some_of(fact: Fact, chance: random.Random) -> list[Value]:
    """Values of a fact; of a dense or long number a few, also between the grid of its cuts."""
    if fact.fact_kind != "number" or fact.step is not None:
        return values_of(fact)
    assert fact.range is not None and fact.range.low is not None and fact.range.high is not None
    low, high = fact.range.low, fact.range.high
    found: list[Value] = [low + (high - low) * Fraction(chance.randint(0, 60), 60)]
    return [*found, UNKNOWN] if fact.may_be_unknown else found


def liver_questions(count: int, number: int = 6) -> list[Question]:
    """Cases of the liver pathway: the examples' patients with entries changed and taken away."""
    chance = random.Random(number)
    pathway = Pathway(liver_artifact())
    graph = pathway.artifact.graph
    found = []
    for index in range(count):
        values = dict(chance.choice(graph.examples).given)
        for fact in chance.sample(graph.facts, chance.choice((0, 1, 3, 8))):
            values[fact.name] = chance.choice(some_of(fact, chance))
        for name in chance.sample(sorted(values), chance.choice((0, 0, 1, 2, 5, 20))):
            del values[name]
        if index % 25 == 24:
            values = some_values(graph.facts, 0.2, chance)
        found.append(Question(pathway, values, chance.choice(pathway.stages)))
    return found


def differences(questions: list[Question], answers: list[dict[str, object]]) -> list[object]:
    found: list[object] = []
    for question, answer in zip(questions, answers, strict=True):
        expected = told_by_runtime(question)
        said = {key: answer[key] for key in expected}
        if said != expected:
            found.append((question.stage, question.given, said, expected))
    return found


def test_answers_on_generated_graphs_equal_the_runtime() -> None:
    questions = generated_questions(GRAPHS)
    assert len(questions) == GRAPHS * CASES_OF_A_GRAPH
    answers = told_by_page(questions)["answers"]
    statuses = {track["status"] for answer in answers for track in answer["tracks"]}
    assert statuses == {"recommendation", "request", "outside", "contradiction"}
    assert differences(questions, answers)[:1] == []


def test_answers_on_the_liver_pathway_equal_the_runtime() -> None:
    questions = liver_questions(LIVER_CASES)
    answers = told_by_page(questions)["answers"]
    assert {answer["status"] for answer in answers} >= {"recommendation", "request"}
    assert differences(questions, answers)[:1] == []


def test_what_would_change_equals_evaluating_again() -> None:
    """Each other value, evaluated by the runtime, ends as the page says, and no other changes."""
    questions = [q for q in generated_questions(GRAPHS // 2) if q.given]
    for question in questions:
        question.what = [
            (track, name) for track in question.pathway.tracks("main") for name in question.given
        ]
    answers = told_by_page(questions)["answers"]
    changes = 0
    for question, answer in zip(questions, answers, strict=True):
        for (track, name), stretches in zip(question.what, answer["changes"], strict=True):
            changes += len(stretches)
            said = {cell: texts for cells, texts in stretches for cell in cells}
            assert said == other_ends(question, track, name)
    assert changes > 20


def other_ends(question: Question, track: str, name: str) -> dict[int, list[str]]:
    """The cells of a fact in which the track ends otherwise than now, by evaluating each value."""
    pathway = question.pathway
    fact = next(fact for fact in pathway.facts if fact.name == name)
    cells = next(cells for cells in pathway.artifact.cells if cells.fact == name)
    table_ends: dict[int, list[str]] = {}
    for value in values_of(fact):
        table_ends[cells.cell_of(value)] = ends(pathway, {**question.given, name: value}, track)
    now = table_ends[cells.cell_of(question.given[name])]
    return {cell: texts for cell, texts in table_ends.items() if texts and texts != now}


def ends(pathway: Pathway, values: dict[str, Value], track: str) -> list[str]:
    """What a track can still end in, of all that a certain breach leaves aside."""
    table = pathway.artifact.diagram
    assert table is not None
    entry = pathway.evaluate(Case(values))[track]
    match entry.status:
        case "recommendation":
            return [entry.outcome]
        case "outside":
            return ["outside"]
        case "request":
            return list(entry.possible)
        case _:
            return []


def test_typed_values_are_read_as_the_runtime_reads_them() -> None:
    pathway = Pathway(liver_artifact())
    chance = random.Random(6)
    texts = []
    for fact in pathway.facts:
        if fact.fact_kind != "number":
            continue
        assert fact.range is not None and fact.range.low is not None
        assert fact.range.high is not None
        units = [unit.text for unit in typed_units(fact)]
        for _ in range(12):
            size = chance.uniform(float(fact.range.low), float(fact.range.high) * 1.05)
            number = chance.choice((f"{size:.0f}", f"{size:.1f}", f"{size:.3f}", f"{size:.2e}"))
            unit = chance.choice(("", fact.unit, chance.choice(units or [""]), "furlongs"))
            texts.append((fact.name, f"{number} {unit}".strip()))
        texts += [(fact.name, text) for text in ("unknown", "3,5", "", "1e99", "<5", "--1", " 7 ")]
    said = told_by_page([Question(pathway, {})], texts)["values"]
    expected = [read_by_runtime(pathway, name, text) for name, text in texts]
    assert sum(value is not None for value in expected) > len(texts) // 10
    wrong = [(*t, s, e) for t, s, e in zip(texts, said, expected, strict=True) if s != e]
    assert wrong == []


def read_by_runtime(pathway: Pathway, name: str, text: str) -> object:
    try:
        return raw(pathway.case({name: text}).values[name])
    except CaseError:
        return None
