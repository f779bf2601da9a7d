"""A difference can always be told, in every form; renames, dense numbers, stages that went."""

from __future__ import annotations

import json
from dataclasses import replace

from hypothesis import HealthCheck, given, settings

from pathwaylang.compiler.pipeline import Compilation
from pathwaylang.compiler.qa.difference import Difference, compare_graphs
from pathwaylang.compiler.qa.difference.page import difference_page
from pathwaylang.compiler.qa.difference.plain import difference_document
from pathwaylang.compiler.qa.difference.text import difference_text
from pathwaylang.compiler.qa.difference.words import Report
from pathwaylang.diagnostics import Source
from pathwaylang.diagnostics.render_json import json_text
from pathwaylang.ir.graph import DecisionGraph
from tests.cli.support import LESION
from tests.qa.difference.pairs import Pair, unrelated

SOME = settings(
    max_examples=40, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True
)


def graph_of(text: str) -> DecisionGraph:
    compilation = Compilation(Source("a.pw", text), lambda name: None)
    failures = [d.message for d in compilation.reading if d.is_failure]
    assert compilation.graph is not None and not failures, failures
    return compilation.graph


def compared(old: str, new: str, renames: dict[str, str] | None = None) -> Difference:
    found = compare_graphs(graph_of(old), graph_of(new), renames)
    assert isinstance(found, Difference)
    return found


@SOME
@given(unrelated())
def test_every_difference_can_be_told(pair: Pair) -> None:
    found = compare_graphs(*pair)
    assert isinstance(found, Difference)
    report = Report("p", "P", "old", "new", found, lambda branch: "x:1", lambda branch: "x:1")
    text, page = difference_text(report), difference_page((report,))
    document = json.loads(json_text(difference_document(found, lambda b: 1, lambda b: 1)))
    assert len(document["changes"]) == len(found.changes) == page.count('<section class="change">')
    for change in found.changes:
        assert str(change.count) in text.replace(",", "") and str(change.count) in str(document)
        assert 0 < change.share <= 1
    total = sum(int(c["count"]) for c in document["changes"]) + int(document["unchanged"])
    assert total == sum(table.cases for table in found.tables)


CHOICE = """\
pathway a "A"
fact side "Side": choice of l "Left", r "Right"
fact size "Size": number in cm 1..20
decide d "D?"
  opinion "Invented."
  when side is l and size <= 3 cm then recommend cut
  otherwise recommend wait
recommendation cut "Cut"
recommendation wait "Wait"
"""


def test_values_of_a_choice_are_renamed() -> None:
    renamed = CHOICE.replace('l "Left"', "left").replace("side is l", "side is left")
    assert compared(CHOICE, renamed).changes
    found = compared(CHOICE, renamed, {"side.l": "left"})
    assert found.is_empty and found.facts == ()


def test_dense_numbers_count_classes() -> None:
    found = compared(CHOICE, CHOICE.replace("<= 3 cm", "<= 4 cm"))
    assert found.unit == "classes"
    (change,) = found.changes
    assert (change.old, change.new, change.count) == ("wait", "cut", 1)
    assert dict(change.common)["size"] == "> 3 cm to 4 cm"
    assert change.patient is not None


def test_a_formula_without_a_grid_is_compared() -> None:
    text = CHOICE.replace(
        "decide d", 'fact width "Width": number in cm 1..20\n'
        'define sum "Sum": number in cm 2..40 as size + width\n  opinion "I."\ndecide d'
    ).replace("size <= 3 cm", "sum <= 9 cm")  # fmt: skip
    found = compared(text, text.replace("9 cm", "12 cm"))
    assert {(c.old, c.new) for c in found.changes} == {("wait", "cut")}
    assert all(change.patient is not None for change in found.changes)


def test_a_fact_of_another_type_is_two_facts() -> None:
    new = LESION.replace(
        '"Fit for an operation": yes/no\n  usually yes', '"Fit": whole number 0..2'
    )
    new = new.replace("and fit\n", "and fit >= 1\n").replace("and fit then", "and fit >= 1 then")
    new = new.replace("not fit then", "fit < 1 then").split("never ")[0]
    found = compared(LESION, new)
    assert [(f.name, f.change) for f in found.facts] == [("fit", "type")]
    assert sum(change.count for change in found.changes) == 170 * 3
    assert all(table.cases == 200 * 2 * 3 for table in found.tables)


def test_a_stage_that_went_is_told() -> None:
    old = graph_of(LESION)
    gone = replace(old, stages=(replace(old.stages[0], name="another"),))
    found = compare_graphs(old, gone)
    assert isinstance(found, Difference)
    assert {(c.stage, c.old == "no such track") for c in found.changes} == {
        ("another", True), ("main", False),
    }  # fmt: skip
    found = compare_graphs(old, gone, {"main": "another"})
    assert isinstance(found, Difference) and not found.changes
