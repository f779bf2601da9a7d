"""Labels are text wherever they go: DOT, SVG, outline, Mermaid."""

from __future__ import annotations

import html
import re
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pathwaylang.compiler.emit.dot import Chart, Mark, Marks, emit_charts
from pathwaylang.compiler.emit.mermaid import text as mermaid_text
from pathwaylang.compiler.emit.text import plain
from pathwaylang.ir.derived import Basis
from pathwaylang.ir.facts import Choice, Fact
from pathwaylang.ir.graph import (
    About,
    Branch,
    Citable,
    Decision,
    DecisionGraph,
    Reassess,
    Recommendation,
    Stage,
    Statement,
    Test,
)
from pathwaylang.ir.guards import Holds
from pathwaylang.ir.way import TrackEnd, Way
from pathwaylang.render.adapters.drawing import draw
from pathwaylang.render.charts import chart_bytes
from tests.charts.build import offer, one, recommend, yes

HOSTILE = {
    "script": '"><script>alert(1)</script>',
    "comments": "*/ -- --> <!-- ]]> //",
    "newlines": "first\nsecond\r\nthird\u2028fourth",
    "directions": "safe \u202edesrever\u202c and \u200f mark",
    "entities": "a & b &amp; &lt;i&gt; &#10; &nbsp;",
    "escapes": r"\N \G \E \T \L \\ \n back\slash \"",
    "tags": "<b>bold</b> <br/> <TABLE> </td>",
    "mermaid": "%%{init: {}}%% `code` [x] (y) {z} |p| end --> ; #35; - 1. item",
    "braces": "{a|b} <p> ${x} {{y}} '; DROP",
    "controls": "\x00 \x1b[2J \x08 \uffff \ufeff \ud800",
    "scripts": "ورم في الكبد · 肝転移 · Ångström · é",
}


def graph_of(label: str) -> DecisionGraph:
    """A graph that carries the label in every place a label can stand."""
    cited = Basis(cites=("src.one",), opinions=(label,), notes=(label,), because=(label,))
    branches = (
        Branch("d.1", "when", yes("f"), recommend("r"), text=label, basis=cited, strength=label),
        Branch("d.2", "when", one("c", "v"), offer("r", "s"), text=label, basis=cited),
        Branch("d.3", "otherwise", None, recommend("s"), text=label, basis=cited),
    )
    row = Branch("t.1", "when", yes("f"), recommend("r"), cells=(label,), basis=cited)
    return DecisionGraph(
        About("hostile", label, version=label, status=label, review_by=label),
        (Fact("f", label, "yes/no"), Fact("c", label, "choice", (Choice("v", label),))),
        (),
        (
            Decision("d", label, branches, obtains=("test",), does=(label,), basis=cited),
            Decision("t", label, (row,), layout="table", columns=("f",)),
        ),
        (Stage("main", label, ("d", "t")),),
        (
            Recommendation(
                "r", label, do=(label,), avoid=(label,), reassess=(Reassess(label, "d"),)
            ),
            Recommendation("s", label, evidence=label),
        ),
        tests=(Test("test", label, ()),),
        applies=Holds("f"),
        applies_text=label,
        sources=(Citable("src", label, (Statement("one", label, label),), read_on=label),),
    )


def charts_of(label: str) -> tuple[Chart, ...]:
    way = Way(
        ("d",), ("d.1",), ("c",), (TrackEnd("d", "recommendation", label, "d.1"),), (("f", label),)
    )
    marks = Marks(
        (
            Mark("PW0501", "error", label, decision="d"),
            Mark("PW0502", "warning", label, branch="d.1"),
        )
    )
    return emit_charts(graph_of(label), way=way, marks=marks)


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


@pytest.mark.parametrize("name", HOSTILE)
def test_svg_shows_the_label_letter_by_letter_and_nothing_else(name: str) -> None:
    wanted = squeezed(plain(HOSTILE[name]))
    for chart in charts_of(HOSTILE[name]):
        root = ET.fromstring(chart_bytes(chart, "svg"))
        tags = {element.tag.rpartition("}")[2] for element in root.iter()}
        assert tags <= {
            "svg",
            "title",
            "desc",
            "style",
            "g",
            "a",
            "path",
            "polygon",
            "polyline",
            "text",
            "ellipse",
        }
        shown = squeezed(
            "".join(t.text or "" for t in root.iter("{http://www.w3.org/2000/svg}text"))
        )
        assert wanted in shown
        tips = [t.text or "" for t in root.iter("{http://www.w3.org/2000/svg}title")]
        assert chart.name == "overview" or any(plain(HOSTILE[name]) in tip for tip in tips)


@pytest.mark.parametrize("name", HOSTILE)
def test_tooltips_of_rows_and_arrows_carry_the_condition_as_written(name: str) -> None:
    wanted = f"d.1: {plain(HOSTILE[name])}"
    chart = next(chart for chart in charts_of(HOSTILE[name]) if chart.name == "main")
    root = ET.fromstring(chart_bytes(chart, "svg"))
    carriers = {
        group.get("id", "")
        for group in root.iter("{http://www.w3.org/2000/svg}g")
        for title in group.iter("{http://www.w3.org/2000/svg}title")
        if (title.text or "").split("\n")[0] == wanted
    }
    assert {"main-row-d.1-if", "main-row-d.1-to-outcome-d.1"} <= carriers


@pytest.mark.parametrize("name", HOSTILE)
def test_dot_keeps_its_structure(name: str) -> None:
    calm = draw(next(c for c in charts_of("calm") if c.name == "main").dot, "plain").decode()
    wild = next(c for c in charts_of(HOSTILE[name]) if c.name == "main")
    drawn = draw(wild.dot, "plain").decode()

    def nodes(text: str) -> list[str]:
        return sorted(line.split()[1] for line in text.splitlines() if line.startswith("node"))

    assert nodes(drawn) == nodes(calm)
    wild.dot.encode()


@pytest.mark.parametrize("name", HOSTILE)
def test_outline_has_one_line_per_thing(name: str) -> None:
    calm = {chart.name: chart.outline.count("\n") for chart in charts_of("calm")}
    for chart in charts_of(HOSTILE[name]):
        assert chart.outline.count("\n") == calm[chart.name]
        assert plain(HOSTILE[name]) in chart.outline
        assert not re.search(
            r"[\u202a-\u202e\u2066-\u2069\u200e\u200f\x00-\x08\x1b]", chart.outline
        )
        chart.outline.encode()


@pytest.mark.parametrize("name", HOSTILE)
def test_mermaid_quotes_every_label(name: str) -> None:
    for chart in charts_of(HOSTILE[name]):
        for line in chart.mermaid.splitlines()[3:]:
            outside = re.sub(r'"[^"]*"', "", line)
            assert re.fullmatch(r"[\w\s\[\](){}|.:,#<>=-]*", outside), line
            inside = " ".join(re.findall(r'"([^"]*)"', line)).replace("<br/>", "")
            assert not re.search(r"[<>`\\%{}\[\]|&]", inside), line


def test_mermaid_entities_decode_to_the_label() -> None:
    for label in HOSTILE.values():
        decoded = re.sub(r"#(\d+);", lambda m: chr(int(m[1])), mermaid_text(label))
        assert decoded == plain(label)


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_drawn_as_that_text(label: str) -> None:
    chart = next(chart for chart in charts_of(label or "x") if chart.name == "main")
    root = ET.fromstring(chart_bytes(chart, "svg"))
    shown = squeezed("".join(t.text or "" for t in root.iter("{http://www.w3.org/2000/svg}text")))
    assert squeezed(plain(label)) in shown


def test_the_dot_text_holds_no_label_outside_html_or_quotes() -> None:
    label = HOSTILE["script"]
    for chart in charts_of(label):
        assert label not in chart.dot
        assert html.escape(label) in chart.dot


def test_a_label_that_looks_like_a_markdown_list_is_no_list() -> None:
    assert mermaid_text("1. resect") == "1#46; resect"
    assert mermaid_text("- resect") == "#45; resect"
    assert mermaid_text("+ resect") == "#43; resect"
