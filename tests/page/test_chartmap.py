"""What the page lights up is what the drawing lights up for the same patient."""

from __future__ import annotations

import random
from importlib.resources import files
from pathlib import Path

import pytest
from playwright.sync_api import Page

from pathwaylang.cli.way import way_of
from pathwaylang.compiler.emit.dot.markup import identifier
from pathwaylang.compiler.emit.pages import build_pages
from pathwaylang.runtime import Case, Pathway
from tests.page.support import liver_artifact

PATIENTS = 6


def lit_in_drawing(pathway: Pathway, case: Case, stage: str) -> dict[str, set[str]]:
    """Return for each page the ids of boxes that the drawing with `--case` lights up."""
    way = way_of(pathway.evaluate(case, stage))
    pages = build_pages(pathway.artifact.graph, way=way)
    return {
        page.name: {identifier(page.name, box.key) for box in page.boxes if box.state == "lit"}
        for page in pages
    }


LIT = """(names) => Object.fromEntries(names.map((name) => {
  const select = document.querySelector('#pw-chart-select');
  select.value = name;
  select.dispatchEvent(new Event('change'));
  const figure = document.getElementById('pw-chart-' + name);
  return [name, [...figure.querySelectorAll('g.node.on-way')].map((node) => node.id)];
}))"""


@pytest.mark.chromium
def test_page_and_drawing_light_up_the_same_boxes(desk: Page, liver_page: Path) -> None:
    desk.goto(liver_page.as_uri())
    desk.wait_for_selector("body[data-ready]")
    pathway = Pathway(liver_artifact())
    examples = pathway.artifact.graph.examples
    lit_boxes = 0
    for index in random.Random(1).sample(range(len(examples)), PATIENTS):
        stage = pathway.stages[index % len(pathway.stages)]
        desk.select_option("#pw-stage", stage)
        desk.select_option("#pw-example", "")
        desk.select_option("#pw-example", str(index))
        expected = lit_in_drawing(pathway, Case(dict(examples[index].given)), stage)
        shown = desk.evaluate(LIT, list(expected))
        for name, boxes in expected.items():
            assert set(shown[name]) == boxes, (examples[index].label, stage, name)
            lit_boxes += len(boxes)
    assert lit_boxes > 10 * PATIENTS


def test_templates_are_packaged() -> None:
    names = {item.name for item in files("pathwaylang.compiler.emit.page").iterdir()}
    assert {"page.html", "page.css", "evaluate.js", "app.js"} <= names
