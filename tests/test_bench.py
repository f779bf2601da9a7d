"""The benchmarks' own parts: generators, statistics, the hand-written twin, the document.

No times are judged here; a timing is a measurement, not a test.
"""

from __future__ import annotations

from importlib.util import find_spec

import pytest

from bench import small
from bench.__main__ import kept_suites
from bench.figures import draw_figures
from bench.measure import spread
from bench.peers import agree, ours, ours_all
from bench.problems import named
from bench.report import DOCUMENT, FIGURES, document, number
from bench.texts import long_text, text_of
from bench.tree_pathway import tree_artifact
from bench.tree_peers import MODULES, PEERS
from bench.trees import as_dict, codes, compile_nested, make_tree
from pathwaylang.compiler.pipeline import Compilation
from pathwaylang.compiler.syntax import parse_file
from pathwaylang.diagnostics import Source
from pathwaylang.runtime import Pathway
from pathwaylang.runtime.walk import Walker

NAMES = ("modular 60 ordered", "modular 60 unordered", "banded 12 ordered", "facts 16", "table 60")


def compilation(text: str) -> Compilation:
    return Compilation(Source("generated.pw", text), lambda name: None)


@pytest.mark.parametrize("name", NAMES)
def test_a_name_always_gives_the_same_problem(name: str) -> None:
    assert named(name) == named(name)


@pytest.mark.parametrize("name", NAMES)
def test_text_and_graph_of_a_problem_get_the_same_answers(name: str) -> None:
    problem = named(name)
    graph = compilation(text_of(problem, name.startswith("table"))).graph
    assert graph is not None
    assert ours.answer_graph(graph) == ours.answer(problem)


@pytest.mark.parametrize("name", NAMES)
def test_the_checks_say_what_the_diagram_says(name: str) -> None:
    problem = named(name)
    assert agree(ours_all.answer(problem), ours.answer(problem))


def test_a_generated_table_is_complete_and_without_overlap() -> None:
    answer = ours.answer(named("table 60"))
    assert (answer.is_uncovered, answer.is_conflict, answer.undecided) == (False, False, "")


def test_long_texts_are_well_formed_and_as_long_as_asked() -> None:
    text = long_text(200)
    assert not [d for d in parse_file(Source("long.pw", text)).diagnostics if d.is_failure]
    assert 150 <= text.count("\n") <= 250


def test_the_small_pathway_is_proved_and_its_twin_by_hand_agrees() -> None:
    checked = compilation(small.TEXT)
    assert checked.is_clean
    assert checked.graph is not None
    walker = Walker(checked.graph)
    cases = small.cases(200)
    outcomes = set()
    for case in cases:
        values = walker.values(small.as_values(case))
        walk = walker.walk("what", values)
        outcome = walker.branch(walk.passed[-1]).outcome.text
        assert outcome == small.by_hand(case)
        outcomes.add(outcome)
    assert len(outcomes) == 8, "every recommendation is reached by some case"


def test_a_tree_its_pathway_and_its_nested_if_agree() -> None:
    tree = make_tree(40)
    assert tree == make_tree(40)
    assert len(tree.leaves) == 40
    rows, ends = codes(tree, 300)
    fast = Pathway(tree_artifact(tree)).compiled()
    by_hand = compile_nested(tree)
    for row, end in zip(rows, ends, strict=True):
        case = as_dict(tree, row)
        (entry,) = fast.endings(case)
        assert entry.branch == f"rule_{end}"
        assert by_hand(case) == entry.outcome == tree.leaves[end].outcome


def test_peers_say_what_the_tree_says() -> None:
    """The peers are no part of the development environment: those that are there are compared."""
    assert PEERS.keys() == MODULES.keys()
    tree = make_tree(40)
    rows, ends = codes(tree, 50)
    for name in [n for n, module in MODULES.items() if find_spec(module)]:
        peer = PEERS[name](tree)
        for row, end in zip(rows, ends, strict=True):
            said = peer.outcome(peer.decide(peer.encode(as_dict(tree, row))))
            assert said == tree.leaves[end].outcome, name


def test_the_interval_of_a_median() -> None:
    few = spread([3.0, 1.0, 2.0])
    assert (few.low, few.median, few.high, few.runs) == (1.0, 2.0, 3.0, 3)
    ten = spread([float(value) for value in range(1, 11)])
    assert (ten.low, ten.median, ten.high) == (2.0, 5.5, 9.0)


@pytest.mark.parametrize(
    ("value", "text"), [(0.0, "0"), (0.04567, "0.0457"), (12.345, "12.3"), (1234.5, "1,234")]
)
def test_numbers_have_three_digits(value: float, text: str) -> None:
    assert number(value) == text


def test_the_document_is_written_from_the_results() -> None:
    suites = kept_suites()
    assert DOCUMENT.read_text(encoding="utf-8") == document(suites)
    for picture in draw_figures(suites):
        assert (FIGURES / picture.name).read_text(encoding="utf-8") == picture.svg
