"""The page as a text: one file, no network, and no text of a pathway becomes markup or script."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Page

from pathwaylang.compiler.emit.page import CORE, script_json, script_text
from pathwaylang.compiler.emit.page.pack import pack_nodes
from pathwaylang.compiler.emit.pages import build_pages
from pathwaylang.ir.artifact import Artifact, dump_artifact, read_artifact
from pathwaylang.render.page import render_page
from pathwaylang.runtime import Case, Pathway
from tests.page.support import HERE, compiled, liver_artifact

HOSTILE = (
    '"><script>document.title = "broken"</script>',
    "</script><script>document.title = 'broken'</script>",
    "*/ --> ]]> <!-- <script>",
    "right \u202e to left \u2066 and a zero\u200bwidth",
    "a & b &amp; <b>bold</b> \\N ${document.title} `tick` '@TITLE@' @DATA@",
    "<img src=x onerror=\"document.title='broken'\">",
)
TEXTS = frozenset(("label", "title", "text", "ask", "group", "at", "quote", "applies_text"))
LISTS = frozenset(("do", "avoid", "notes", "opinions", "because", "does"))


def hostile(artifact: Artifact) -> Artifact:
    """Return the artifact with every text that people read replaced by a hostile one."""
    count = 0

    def text() -> str:
        nonlocal count
        count += 1
        return f"{HOSTILE[count % len(HOSTILE)]} {count}"

    def walk(data: object) -> object:
        if isinstance(data, list):
            return [walk(item) for item in data]
        if not isinstance(data, dict):
            return data
        return {
            key: text()
            if key in TEXTS and isinstance(value, str)
            else [text() for _ in value]
            if key in LISTS
            else walk(value)
            for key, value in data.items()
        }

    plain = json.loads(dump_artifact(artifact))
    return read_artifact(json.dumps(walk(plain)))


@cache
def sample() -> Artifact:
    return compiled(HERE / "sample.pw")


class Elements(HTMLParser):
    """All start tags with their attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


@pytest.fixture(scope="module", params=["liver", "sample", "hostile"])
def page(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    make: dict[str, Callable[[], Artifact]] = {
        "liver": liver_artifact,
        "sample": sample,
        "hostile": lambda: hostile(sample()),
    }
    path = render_page(make[request.param](), tmp_path_factory.mktemp(request.param))
    return path.read_text(encoding="utf-8")


def test_two_scripts_and_nothing_that_loads_or_listens(page: str) -> None:
    elements = Elements(page).found
    assert [attrs for tag, attrs in elements if tag == "script"] == [
        {"type": "application/json", "id": "pw-data"},
        {},
    ]
    loading = {"link", "iframe", "object", "embed", "img", "image", "base", "form-action", "video"}
    assert [tag for tag, _ in elements if tag in loading] == []
    attributes = {name for _, attrs in elements for name in attrs}
    assert not {name for name in attributes if name.startswith("on") or name in ("src", "srcset")}
    links = {attrs.get("href") or "" for _, attrs in elements if "href" in attrs}
    assert [link for link in links if not link.startswith("#")] == []


def test_policy_allows_this_script_alone(page: str) -> None:
    policies = [a["content"] or "" for t, a in Elements(page).found if "http-equiv" in a]
    assert len(policies) == 1
    assert policies[0].startswith("default-src 'none'; style-src 'unsafe-inline'; script-src 'sha")


def test_every_link_and_id_leads_somewhere_once(page: str) -> None:
    elements = Elements(page).found
    ids = [attrs["id"] for _, attrs in elements if "id" in attrs]
    assert len(ids) == len(set(ids))
    goals = {(attrs["href"] or "")[1:] for _, attrs in elements if "href" in attrs}
    made_by_script = {"pw-reviews"}
    assert goals - set(ids) - made_by_script == set()


def data_of(page: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/json" id="pw-data">(.*?)</script>', page)
    assert found is not None
    data: dict[str, Any] = json.loads(found[1])
    return data


def test_chart_maps_name_elements_of_the_drawings(page: str) -> None:
    ids = {attrs["id"] for _, attrs in Elements(page).found if "id" in attrs}
    for chart in data_of(page)["charts"]:
        named = [box[1] for box in chart["map"]["boxes"]]
        named += [arrow[0] for arrow in chart["map"]["arrows"]]
        named += [f"{row[0]}-if" for row in chart["map"]["rows"] if chart["name"].count(".")]
        assert [name for name in named if name not in ids] == []


def test_same_pathway_gives_the_same_page(tmp_path: Path) -> None:
    first = render_page(sample(), tmp_path / "a").read_bytes()
    assert first == render_page(sample(), tmp_path / "b").read_bytes()


def test_no_patient_stands_in_the_page_unless_given(tmp_path: Path) -> None:
    pathway = Pathway(sample())
    case = pathway.case({"adult": True, "size": "7.5 mm"})
    plain = render_page(sample(), tmp_path / "a").read_text(encoding="utf-8")
    filled = render_page(sample(), tmp_path / "b", case.values, "clinic")
    assert data_of(plain)["preset"] == {}
    data = data_of(filled.read_text(encoding="utf-8"))
    assert (data["preset"], data["stage"]) == ({"adult": True, "size": "7.5"}, "clinic")


@pytest.mark.chromium
def test_hostile_texts_are_shown_as_texts(desk: Page, tmp_path: Path) -> None:
    path = render_page(hostile(sample()), tmp_path)
    desk.goto(path.as_uri())
    desk.wait_for_selector("body[data-ready]")
    desk.select_option("#pw-stage", "clinic")
    desk.select_option("#pw-example", "0")
    desk.evaluate("() => document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    assert desk.title() != "broken"
    assert desk.locator("main").locator("script, img, b").count() == 0
    shown = desk.locator("main").inner_text()
    assert "</script><script>" in shown
    assert "<img src=x onerror" in shown


@given(st.recursive(st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)))
def test_json_in_a_script_element_says_the_same_and_never_ends_it(value: object) -> None:
    text = script_json({"value": value})
    assert "<" not in text
    assert json.loads(text) == {"value": value}


def test_packed_nodes_are_the_nodes() -> None:
    table = liver_artifact().diagram
    assert table is not None
    text = pack_nodes(table.nodes)
    assert unpacked(text, table.nodes) == list(table.nodes)


def unpacked(text: str, nodes: tuple[tuple[int, ...], ...]) -> list[tuple[int, ...]]:
    """Read the packed text back, as diagram.js does; the nodes tell how many ways each has."""
    digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    numbers: list[int] = []
    value = shift = 0
    for digit in text:
        place = digits.index(digit)
        value += (place & 31) << shift
        shift += 5
        if place < 32:
            numbers.append(value)
            value = shift = 0
    found: list[tuple[int, ...]] = []
    at = 0
    while at < len(numbers):
        node = [numbers[at]]
        at += 1
        while len(node) < len(nodes[len(found)]):
            count, code = numbers[at : at + 2]
            child = len(found) - (code - 1) // 2 if code % 2 else -1 - code // 2
            node += [child] * count
            at += 2
        found.append(tuple(node))
    return found


def test_scripts_of_the_evaluator_touch_no_document() -> None:
    text = script_text(*CORE)
    assert not re.search(r"\b(?:document\.|window\.|fetch\(|XMLHttpRequest|eval\(|Storage\b)", text)


def test_pages_have_unique_names() -> None:
    names = [page.name for page in build_pages(liver_artifact().graph)]
    assert len(names) == len(set(names))


def test_examples_are_cases_of_the_pathway() -> None:
    pathway = Pathway(liver_artifact())
    for example in pathway.artifact.graph.examples:
        assert pathway.evaluate(Case(dict(example.given))).tracks
