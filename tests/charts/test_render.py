from __future__ import annotations

import builtins
import io
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from pypdf import PdfReader

from pathwaylang.compiler.emit.dot import emit_charts
from pathwaylang.ir.graph import Reassess, Stage
from pathwaylang.render import FORMATS, RenderError, accessible_svg, chart_bytes, render_charts
from pathwaylang.render.adapters.drawing import draw
from tests.charts.large import long_table, many_decisions
from tests.charts.liver import liver
from tests.charts.sample import sample
from tests.charts.ways import CHOICE

SVG = "{http://www.w3.org/2000/svg}"
CHARTS = emit_charts(sample())
LISTED = {chart.name: chart for chart in emit_charts(liver())}


def svg(name: str) -> ET.Element:
    return ET.fromstring(chart_bytes(LISTED[name], "svg"))


def test_each_format_writes_a_file_per_page_but_pdf_one(tmp_path: Path) -> None:
    names = [chart.name for chart in CHARTS]
    endings = {"svg": "svg", "png": "png", "dot": "dot", "mermaid": "mmd", "text": "txt"}
    for kind in FORMATS:
        written = render_charts(CHARTS, tmp_path / kind, kind)
        wanted = ["sample.pdf"] if kind == "pdf" else [f"{n}.{endings[kind]}" for n in names]
        assert [path.name for path in written] == wanted
        assert sorted(path.name for path in (tmp_path / kind).iterdir()) == sorted(wanted)


def test_files_begin_as_their_format_says() -> None:
    assert chart_bytes(CHARTS[0], "png").startswith(b"\x89PNG")
    assert chart_bytes(CHARTS[0], "pdf").startswith(b"%PDF")
    assert chart_bytes(CHARTS[0], "dot").startswith(b"digraph")


def test_the_same_chart_gives_the_same_bytes() -> None:
    assert chart_bytes(CHARTS[3], "svg") == chart_bytes(CHARTS[3], "svg")


def test_the_page_is_named_and_described_for_screen_readers() -> None:
    root = svg("management.colorectal_local")
    title, description = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None
    assert description is not None
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
    assert title.text == "Which local treatment for colorectal liver metastases?"
    assert "Which local treatment for colorectal liver metastases?" in (description.text or "")


def test_an_embedding_page_may_ask_for_another_role() -> None:
    root = ET.fromstring(accessible_svg(draw(CHARTS[0].dot, "svg"), "t", "d", role="group"))
    assert root.get("role") == "group"


@pytest.mark.parametrize("name", LISTED)
def test_ids_are_unique_on_a_page(name: str) -> None:
    ids = [element.get("id") for element in svg(name).iter() if element.get("id")]
    assert len(ids) == len(set(ids))


def test_boxes_that_lead_to_a_page_are_links_and_the_others_take_the_focus() -> None:
    root = svg("management")
    nodes = [g for g in root.iter(f"{SVG}g") if (g.get("class") or "").startswith("node")]
    for node in nodes:
        links = [a.get("href") for a in node.iter(f"{SVG}a")]
        assert links or node.get("tabindex") == "0"
    hrefs = [a.get("href") for a in root.iter(f"{SVG}a")]
    assert hrefs == [
        "overview.svg",
        "management.local.svg",
        "management.colorectal_local.svg",
        "management.palliative.svg",
    ]


def test_rows_of_a_list_take_the_focus_in_reading_order_and_say_their_condition() -> None:
    root = svg("management.colorectal_local")
    rows = [g for g in root.iter(f"{SVG}g") if (g.get("id") or "").endswith("-if")]
    assert len(rows) == 27
    assert {row.get("tabindex") for row in rows} == {"0"}
    label = rows[0].get("aria-label") or ""
    assert label.startswith("CL0: Goal is to prolong life: no\nthen Talk about goals of care")
    assert "strength: strong for" in label


def test_the_tab_key_meets_the_boxes_in_reading_order() -> None:
    nodes = [
        g.get("id")
        for g in svg("management").iter(f"{SVG}g")
        if (g.get("class") or "").startswith("node")
    ]
    assert nodes == [
        "management-sheet-local",
        "management-sheet-colorectal_local",
        "management-sheet-palliative",
    ]


def test_focus_can_be_seen() -> None:
    style = svg("management").find(f"{SVG}style")
    assert style is not None
    assert "a:focus,g:focus{outline:3px solid" in (style.text or "")


@pytest.mark.parametrize("name", LISTED)
def test_an_svg_needs_nothing_from_outside(name: str) -> None:
    drawn = chart_bytes(LISTED[name], "svg").decode()
    assert "<!DOCTYPE" not in drawn
    assert "<!--" not in drawn
    assert "url(" not in drawn
    hrefs = {a.get("href", "") for a in svg(name).iter(f"{SVG}a")}
    assert all(href.endswith(".svg") and "/" not in href for href in hrefs)


def test_the_pdf_has_all_pages_with_bookmarks_and_links_between_them(tmp_path: Path) -> None:
    charts = tuple(LISTED.values())
    (path,) = render_charts(charts, tmp_path, "pdf")
    reader = PdfReader(path)
    assert len(reader.pages) == len(charts)
    assert [item.title for item in reader.outline] == [chart.title for chart in charts]
    assert reader.metadata is not None
    assert reader.metadata.title == "Liver metastases: management"
    assert reader.metadata.creation_date is None
    stage = list(LISTED).index("management")
    targets = []
    for entry in reader.pages[stage].annotations or ():
        goal = entry.get_object()["/Dest"][0]
        targets.append(
            list(LISTED)[
                goal if isinstance(goal, int) else reader.get_page_number(goal.get_object())
            ]
        )
    assert sorted(targets) == [
        "management.colorectal_local",
        "management.local",
        "management.palliative",
        "overview",
    ]


def test_links_of_the_pdf_lie_on_the_page(tmp_path: Path) -> None:
    (path,) = render_charts(tuple(LISTED.values()), tmp_path, "pdf")
    for page in PdfReader(path).pages:
        box = page.mediabox
        for entry in page.annotations or ():
            left, bottom, right, top = (float(n) for n in entry.get_object()["/Rect"])
            assert 0 <= left < right <= float(box.width)
            assert 0 <= bottom < top <= float(box.height)


def test_progress_is_told_page_by_page(tmp_path: Path) -> None:
    told: list[str] = []
    render_charts(CHARTS, tmp_path, "dot", done=told.append)
    assert told == [chart.name for chart in CHARTS]


def without(library: str) -> Callable[..., Any]:
    real = builtins.__import__

    def find(name: str, *rest: Any, **more: Any) -> Any:
        if name.partition(".")[0] == library:
            raise ImportError(name)
        return real(name, *rest, **more)

    return find


@pytest.mark.parametrize(("library", "kind"), [("pygraphviz", "svg"), ("pypdf", "pdf")])
def test_a_missing_library_is_one_clear_error(
    library: str, kind: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draw(CHARTS[0].dot, "svg")
    monkeypatch.setattr(builtins, "__import__", without(library))
    with pytest.raises(RenderError) as caught:
        render_charts(CHARTS, tmp_path, kind)
    assert str(caught.value) == (
        f'drawing needs the library {library}: pip install "pathwaylang[draw]"'
    )
    assert list(tmp_path.iterdir()) == []


def test_without_libraries_texts_are_still_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(builtins, "__import__", without("pygraphviz"))
    assert len(render_charts(CHARTS, tmp_path, "dot")) == len(CHARTS)


def test_a_folder_that_cannot_be_written_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("here")
    with pytest.raises(RenderError, match="cannot write"):
        render_charts(CHARTS, tmp_path / "file", "dot")


def test_an_interrupted_write_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "overview.dot").write_text("old")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(RenderError, match="no space left on device"):
        render_charts(CHARTS, tmp_path, "dot")
    assert [path.name for path in tmp_path.iterdir()] == ["overview.dot"]
    assert (tmp_path / "overview.dot").read_text() == "old"


def test_what_graphviz_refuses_is_an_error_not_a_wrong_picture() -> None:
    with pytest.raises(RenderError, match="Graphviz could not draw"):
        draw("digraph { a [label=<<b></b>>] }", "svg")
    with pytest.raises(RenderError, match="Graphviz could not draw"):
        draw("digraph {", "svg")


def test_drawing_prints_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    chart_bytes(CHARTS[0], "png")
    assert capfd.readouterr() == ("", "")


def test_a_machine_without_fonts_is_told_instead_of_drawing_empty_boxes(tmp_path: Path) -> None:
    (tmp_path / "fonts.conf").write_text(f"<fontconfig><dir>{tmp_path}</dir></fontconfig>")
    code = (
        "import pathlib, sys\n"
        "from pathwaylang.render import RenderError, render_charts\n"
        "from tests.charts.test_render import CHARTS\n"
        "where = pathlib.Path(sys.argv[1])\n"
        "print(len(render_charts(CHARTS, where, 'svg')))\n"
        "try:\n    render_charts(CHARTS, where, 'png')\n"
        "except RenderError as error:\n    print(error)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "out")],
        cwd=Path(__file__).parents[2],
        env={**os.environ, "FONTCONFIG_FILE": str(tmp_path / "fonts.conf")},
        capture_output=True,
        text=True,
        check=True,
    )
    written, told = done.stdout.splitlines()
    assert written == str(len(CHARTS))
    assert told.startswith("this machine has no font")


def test_a_lit_way_is_in_the_picture() -> None:
    chart = next(c for c in emit_charts(sample(), way=CHOICE) if c.name == "management")
    root = ET.fromstring(chart_bytes(chart, "svg"))
    classes = {g.get("id"): g.get("class") for g in root.iter(f"{SVG}g")}
    assert classes["management-decision-aim"] == "node question lit"
    assert classes["management-decision-systemic"] == "node question dim"
    assert classes["management-row-aim.2-to-decision-local_treatment"] == "edge lit"


@pytest.mark.parametrize(
    "graph", [many_decisions(300), long_table(400)], ids=["300 decisions", "400 rows"]
)
def test_large_pathways_are_drawn_page_by_page(graph: Any) -> None:
    charts = emit_charts(graph)
    sizes = []
    for chart in charts:
        root = ET.fromstring(chart_bytes(chart, "svg"))
        sizes.append(sum(1 for g in root.iter(f"{SVG}g") if "node" in (g.get("class") or "")))
    assert len(charts) > 10
    assert max(sizes) <= 40


def test_pages_of_a_pdf_are_read_back() -> None:
    reader = PdfReader(io.BytesIO(chart_bytes(LISTED["management.local"], "pdf")))
    assert "Which primary tumour?" in reader.pages[0].extract_text()


def positions(dot: str) -> dict[str, tuple[float, float]]:
    """Where the boxes lie: from the left, and from the top."""
    found = {}
    for line in draw(dot, "plain").decode().splitlines():
        kind, *rest = line.split(" ")
        if kind == "node":
            found[rest[0].strip('"')] = (float(rest[1]), -float(rest[2]))
    return found


def order(dot: str, prefix: str) -> list[str]:
    found = positions(dot)
    names = [name for name in found if name.startswith(prefix)]
    return sorted(names, key=lambda name: found[name][1])


def test_tracks_rows_and_outcomes_are_read_from_top_to_bottom() -> None:
    charts = {chart.name: chart for chart in CHARTS}
    assert order(charts["overview"].dot, "track/management") == [
        "track/management/aim",
        "track/management/support",
    ]
    assert order(charts["management.support"].dot, "outcome/") == [
        "outcome/support.1",
        "outcome/support.2",
    ]
    assert order(charts["management"].dot, "decision/")[-1] == "decision/support"
    outcomes = order(LISTED["management.palliative"].dot, "outcome/")
    assert outcomes == [f"outcome/PL{n}" for n in range(1, 5)]


def test_tracks_of_one_box_stand_beside_each_other() -> None:
    stages = (Stage("s", "S", ("local", "palliative", "gate", "colorectal_local")),)
    alone = replace(
        liver(),
        decisions=tuple(
            replace(d, branches=tuple(b for b in d.branches if b.outcome.outcome_kind != "go to"))
            for d in liver().decisions
        ),
        stages=stages,
    )
    chart = next(chart for chart in emit_charts(alone) if chart.name == "s")
    places = positions(chart.dot)
    top = [places[f"sheet/{name}"] for name in ("local", "palliative", "gate")]
    assert [x for x, _ in top] == sorted({x for x, _ in top})
    assert places["sheet/colorectal_local"][1] > max(y for _, y in top)


@pytest.mark.parametrize("seed", range(6))
def test_interwoven_decisions_are_drawn_and_do_not_end_the_process(seed: int) -> None:
    # dot 14 aborts on `ordering=out` where boxes have several ways to them (see write.py).
    graph = many_decisions(24, seed)
    graph = replace(graph, stages=(replace(graph.stages[0], tracks=("d0", "d1", "d2")),))
    code = (
        "import sys\nfrom pathwaylang.render.adapters.drawing import draw\n"
        "for dot in sys.stdin.read().split(chr(0)):\n    draw(dot, 'svg')\nprint('drawn')"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=Path(__file__).parents[2],
        input="\0".join(chart.dot for chart in emit_charts(graph)),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout.strip()) == (0, "drawn")


def test_outcomes_keep_the_order_of_their_rows_also_where_all_are_looked_at_again() -> None:
    again = (Reassess("after 8 weeks", "palliative"),)
    graph = replace(
        liver(), recommendations=tuple(replace(r, reassess=again) for r in liver().recommendations)
    )
    chart = next(chart for chart in emit_charts(graph) if chart.name == "management.palliative")
    assert order(chart.dot, "outcome/") == [f"outcome/PL{n}" for n in range(1, 5)]
    assert len(order(chart.dot, "again/")) == 4
