"""The page in a real browser: its answers, a person at work, access for all, no network."""

from __future__ import annotations

import io
from collections import Counter
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from pathwaylang.cli.way import way_of
from pathwaylang.compiler.emit.page import CORE, script_text
from pathwaylang.compiler.emit.page.data import model_data
from pathwaylang.compiler.emit.pages.case import CaseReader, rows_words
from pathwaylang.compiler.emit.words import Words
from pathwaylang.ir.graph import Branch, Decision
from pathwaylang.runtime import Case, Pathway
from tests.page.support import HERE, Question, as_data, liver_artifact
from tests.page.test_evaluator import differences, generated_questions, liver_questions

pytestmark = pytest.mark.chromium

STATUS_WORDS = {
    "request": "More to answer",
    "outside": "Outside this pathway",
    "contradiction": "Contradiction",
}


def open_page(tab: Page, path: Path) -> None:
    tab.goto(path.as_uri())
    tab.wait_for_selector("body[data-ready]")


def unfold(tab: Page, what: str = ".group") -> None:
    """Open every fold, as a person would one by one."""
    tab.evaluate(f"() => document.querySelectorAll('{what}').forEach((e) => {{ e.open = true; }})")


# ------------------------------------------------------------ the same answers


def told_by_browser(tab: Page, questions: list[Question]) -> list[dict[str, object]]:
    """Return the answers of the page's scripts, run by the browser, a pathway at a time."""
    tab.goto("about:blank")
    telling = (HERE / "telling.js").read_text(encoding="utf-8")
    tab.evaluate(f"{script_text(*CORE)}{telling};globalThis.tell = tellAll;null")
    answers: list[dict[str, object]] = []
    start = 0
    while start < len(questions):
        pathway = questions[start].pathway
        end = start
        while end < len(questions) and questions[end].pathway is pathway:
            end += 1
        model = model_data(pathway.artifact)
        cases = [as_data(question) for question in questions[start:end]]
        told = tab.evaluate("([model, cases]) => tell([model], cases, [])", [model, cases])
        answers += told["answers"]
        start = end
    return answers


def check_agreement(tab: Page, graphs: tuple[int, int], liver: int, least: int) -> None:
    questions = generated_questions(*graphs) + liver_questions(liver, 7)
    assert len(questions) >= least
    answers = told_by_browser(tab, questions)
    assert differences(questions, answers)[:1] == []
    statuses = Counter(track["status"] for a in answers for track in a["tracks"])  # type: ignore[attr-defined]
    assert min(statuses.values()) > 10
    assert len(statuses) == 4


def test_500_cases_are_answered_as_by_the_runtime(desk: Page) -> None:
    check_agreement(desk, (33, 12), 110, 500)


@pytest.mark.long
def test_5000_cases_are_answered_as_by_the_runtime(desk: Page) -> None:
    check_agreement(desk, (90, 50), 600, 5000)


def test_made_up_patients_are_answered_on_the_page_as_by_the_runtime(
    desk: Page, liver_page: Path
) -> None:
    """What stands on the screen, for every example of the liver pathway."""
    open_page(desk, liver_page)
    pathway = Pathway(liver_artifact())
    desk.select_option("#pw-stage", "management")
    for index, example in enumerate(pathway.artifact.graph.examples):
        desk.select_option("#pw-example", str(index))
        answer = pathway.evaluate(Case(dict(example.given)), "management")
        for entry in answer.tracks:
            line = desk.locator(f"#pw-summary a[href='#pw-t-{entry.track}']").inner_text()
            if entry.status != "recommendation":
                assert STATUS_WORDS[entry.status] in line, (example.label, entry.track)
            elif entry.goes_to:
                assert "Go on" in line
            else:
                named = (*entry.recommendations, *entry.offers)
                assert named
                assert all(item.label in line for item in named), (example.label, entry.track)


def test_the_page_and_the_chart_rule_out_the_same_rows(desk: Page, liver_page: Path) -> None:
    """Every example of the liver pathway: what failed above the rows on its way, word for word."""
    open_page(desk, liver_page)
    pathway = Pathway(liver_artifact())
    graph = pathway.artifact.graph
    desk.select_option("#pw-stage", "management")
    told = 0
    for index, example in enumerate(graph.examples[::7]):
        desk.select_option("#pw-example", str(7 * index))
        unfold(desk, "#pw-tracks details")
        desk.wait_for_function(FILLED)
        case = Case(dict(example.given))
        way = way_of(pathway.evaluate(case, "management"))
        way = replace(way, case=tuple(case.values.items()))
        reader = CaseReader(graph, Words(graph), way)
        wanted = {
            "; ".join(f"{', '.join(_names(decision, rows))} ({reason})" for rows, reason in found)
            for decision in graph.decisions
            for branch in decision.branches
            if branch.id in way.branches and (found := reader.ruled_out(decision, branch))
        }
        shown = set(desk.locator(".ruled-out").all_inner_texts())
        shown = {text.removeprefix("Ruled out: ").removesuffix(".") for text in shown}
        shown = {text.replace("\xa0", " ") for text in shown}
        # What another track answers is told by its row on charts, by its answer on the page.
        assert {t for t in shown if "” answers " not in t} == {
            t for t in wanted if "” answers " not in t
        }, example.label
        told += len(shown)
    assert told > 20


# No fold is open and still empty: folds are filled when the browser tells them.
FILLED = "() => ![...document.querySelectorAll('details[open]')].some((e) => e.children.length < 2)"


def _names(decision: Decision, rows: tuple[Branch, ...]) -> list[str]:
    return [rows_words(decision, (row,)) for row in rows]


# ------------------------------------------------------------ a person at work


def test_a_person_fills_the_form_and_reads_the_lit_way(desk: Page, sample_page: Path) -> None:
    open_page(desk, sample_page)
    expect(desk.locator("#pw-progress")).to_contain_text("0 recorded")
    assert desk.locator("input:checked").count() == 0
    assert desk.input_value("#pw-f-size") == ""
    desk.get_by_role("group", name="Adult").get_by_text("Yes", exact=True).click()
    desk.get_by_role("group", name="Does the patient have a fever?").get_by_text("No").click()
    expect(desk.locator("#pw-summary")).to_contain_text("continue with Clinic")
    expect(desk.locator("#pw-t-removal")).to_contain_text("How large is the largest stone?")
    desk.locator("#pw-t-removal").get_by_role("button", name="How large").click()
    expect(desk.locator("#pw-f-size")).to_be_focused()
    desk.keyboard.type("0.7 cm")
    expect(desk.locator("#pw-e-size")).to_contain_text("0.7 cm = 7 mm")
    card = desk.locator("#pw-t-removal")
    expect(card).to_contain_text("Choice of the patient")
    expect(card).to_contain_text("Ureteroscopy")
    expect(card).to_contain_text("Shock waves")
    expect(card).to_contain_text("page 4")
    card.get_by_text("What would change this answer").click()
    expect(card).to_contain_text("at most 4.5 mm → Wait and drink")
    card.get_by_role("link", name="Show on the chart").click()
    chart = desk.locator("#pw-chart-clinic")
    expect(chart).to_be_visible()
    lit = desk.evaluate("() => [...document.querySelectorAll('.on-way')].map((e) => e.id)")
    assert "clinic-row-R2-if" in lit
    assert "clinic-decision-removal" in lit
    assert "clinic-row-R1-if" not in lit
    dim, bright = (
        chart.locator(f"[id='{name}']").evaluate("(e) => getComputedStyle(e).opacity")
        for name in ("clinic-outcome-R1", "clinic-outcome-R2")
    )
    assert (float(dim) < 0.5, bright) == (True, "1")
    assert chart.locator(".row-frame").count() == 1
    assert chart.locator(".veil").count() > 0
    legend = desk.locator("#pw-legend")
    expect(legend).to_contain_text("CHOICE more than one is reasonable, the patient decides")
    expect(legend).to_contain_text("this patient")
    expect(chart.locator(".waits")).to_contain_text("missing: Creatinine")


def test_asked_when_unknown_and_units(desk: Page, sample_page: Path) -> None:
    open_page(desk, sample_page)
    desk.select_option("#pw-stage", "clinic")
    desk.get_by_role("group", name="Adult").get_by_text("Yes", exact=True).click()
    kind = desk.locator("#pw-q-earlier_kind")
    expect(kind).to_be_hidden()
    desk.get_by_role("group", name="Earlier stone").get_by_text("Yes", exact=True).click()
    expect(kind).to_be_visible()
    desk.select_option("#pw-f-earlier_kind", label="Urate")
    unfold(desk)
    desk.fill("#pw-f-creatinine", "177 umol/L")
    expect(desk.locator("#pw-e-creatinine")).to_contain_text("limit of the pathway")
    expect(desk.locator("#pw-f-creatinine")).to_have_attribute("aria-invalid", "true")
    desk.fill("#pw-f-creatinine", "88.4 umol/L")
    expect(desk.locator("#pw-t-diet")).to_contain_text("Eat less meat")
    desk.get_by_role("button", name="Cannot be known: Creatinine").click()
    assert desk.input_value("#pw-f-creatinine") == ""
    expect(desk.locator("#pw-t-diet")).to_contain_text("Repeat the blood test")
    desk.get_by_role("button", name="Enter the usual value 4 mm").click()
    assert desk.input_value("#pw-f-size") == "4"
    expect(desk.locator("#pw-t-removal")).to_contain_text("Wait and drink")
    desk.get_by_role("button", name="Clear all").click()
    expect(desk.locator("#pw-progress")).to_contain_text("0 recorded")


def test_outside_and_contradiction_in_plain_words(desk: Page, sample_page: Path) -> None:
    open_page(desk, sample_page)
    desk.get_by_role("group", name="Adult").get_by_text("No", exact=True).click()
    expect(desk.locator("#pw-tracks")).to_contain_text("This pathway is not for this patient")
    desk.get_by_role("group", name="Adult").get_by_text("Yes", exact=True).click()
    desk.get_by_role("button", name="questions that cannot change").click()
    desk.fill("#pw-f-size", "1")
    desk.get_by_role("group", name="Kidney drained").get_by_text("Yes", exact=True).click()
    expect(desk.locator("#pw-tracks")).to_contain_text("cannot all be true of one patient")
    expect(desk.locator("#pw-tracks")).to_contain_text("No kidney is drained for a stone below")


def test_language_of_the_pathway_switches(desk: Page, sample_page: Path) -> None:
    open_page(desk, sample_page)
    desk.select_option("#pw-stage", "clinic")
    desk.get_by_role("group", name="Adult").get_by_text("Yes", exact=True).click()
    desk.select_option("#pw-language-select", "de")
    unfold(desk)
    desk.fill("#pw-f-size", "4")
    card = desk.locator("#pw-t-removal")
    expect(card).to_contain_text("Wie wird der Stein behandelt?")
    expect(card).to_contain_text("Abwarten und trinken")
    expect(card).to_contain_text("Größter Stein < 5 mm")
    desk.select_option("#pw-language-select", "en")
    expect(card).to_contain_text("Wait and drink")
    assert desk.input_value("#pw-f-size") == "4"


def test_keyboard_alone_is_enough(desk: Page, sample_page: Path) -> None:
    open_page(desk, sample_page)
    desk.keyboard.press("Tab")
    expect(desk.get_by_role("link", name="Skip to the questions")).to_be_focused()
    desk.keyboard.press("Enter")
    names = []
    for _ in range(12):
        desk.keyboard.press("Tab")
        names.append(desk.evaluate("() => document.activeElement.id"))
        if names[-1] == "pw-f-adult-0":
            break
    assert names[-1] == "pw-f-adult-0", names
    desk.keyboard.press("Space")
    desk.keyboard.press("Tab")
    expect(desk.locator("#pw-f-adult-0")).to_be_checked()
    desk.locator("#pw-f-fever-0").focus()
    desk.keyboard.press("ArrowDown")
    expect(desk.locator("#pw-f-fever-1")).to_be_checked()
    expect(desk.locator("#pw-summary")).to_contain_text("continue with Clinic")
    desk.keyboard.press("Enter")
    expect(desk.locator("#pw-f-earlier-0")).to_be_focused()
    desk.keyboard.press("ArrowUp")
    desk.keyboard.press("Enter")
    desk.keyboard.type("6")
    desk.keyboard.press("Enter")
    expect(desk.locator("#pw-t-removal")).to_contain_text("Shock waves")


# ------------------------------------------------------------ access, size, print


AXE = files("axe_playwright_python").joinpath("axe.min.js")


def violations(tab: Page) -> list[str]:
    tab.evaluate(AXE.read_text(encoding="utf-8"))
    found = tab.evaluate("() => axe.run(document, { resultTypes: ['violations'] })")
    assert any(rule["id"] == "color-contrast" for rule in found["passes"])
    return [
        f"{each['id']}: {node['html'][:160]}"
        for each in found["violations"]
        for node in each["nodes"]
    ]


def test_axe_finds_no_violation_on_the_liver_page(desk: Page, liver_page: Path) -> None:
    open_page(desk, liver_page)
    assert violations(desk) == []
    desk.select_option("#pw-stage", "management")
    desk.select_option("#pw-example", "3")
    unfold(desk, "details")
    desk.locator("#pw-t-local").get_by_role("link", name="Show on the chart").click()
    assert desk.locator(".on-way").count() > 0
    desk.get_by_role("button", name="questions that cannot change").click()
    assert violations(desk) == []


def test_axe_finds_no_violation_on_a_phone(phone: Page, sample_page: Path) -> None:
    open_page(phone, sample_page)
    phone.select_option("#pw-stage", "clinic")
    phone.get_by_role("group", name="Adult").get_by_text("Yes", exact=True).click()
    unfold(phone, "details")
    phone.fill("#pw-f-size", "1000")
    assert violations(phone) == []


def test_nothing_sticks_out_of_a_phone(phone: Page, liver_page: Path) -> None:
    open_page(phone, liver_page)
    phone.select_option("#pw-example", "1")
    unfold(phone, "details")
    assert phone.evaluate("() => document.documentElement.scrollWidth") == 390


# When the page was read and its script had shown the first answer, in milliseconds.
OPENED = "() => performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd"


def test_liver_page_is_small_and_opens_soon(desk: Page, liver_page: Path) -> None:
    assert liver_page.stat().st_size < 3_000_000
    times = []
    for _ in range(5):
        open_page(desk, liver_page)
        times.append(desk.evaluate(OPENED))
    assert min(times) < 1000, times


def test_what_decided_stands_before_what_led_there(desk: Page, liver_page: Path) -> None:
    open_page(desk, liver_page)
    pathway = Pathway(liver_artifact())
    labels = [example.label for example in pathway.artifact.graph.examples]
    at = next(i for i, label in enumerate(labels) if "CL8" in label or "wo small" in label)
    desk.select_option("#pw-stage", "management")
    desk.select_option("#pw-example", str(at))
    card = desk.locator("#pw-t-local")
    text = card.inner_text()
    assert "A: " in text
    assert text.lower().index("what decided") < text.lower().index("how the patient came")
    expect(card.locator(".decided")).to_contain_text("Criteria for ablation are met [yes]: ")
    expect(card.locator(".decided")).to_contain_text("Largest liver metastasis ≤ 30 mm [")
    assert "COLLISION" in card.locator(".decided .sources li").first.inner_text()
    option = desk.locator("#pw-t-systemic")
    expect(option.locator(".status")).to_contain_text("Option, evidence open")


def test_a_print_has_sheets_counted_and_room_for_the_name(desk: Page, liver_page: Path) -> None:
    open_page(desk, liver_page)
    desk.select_option("#pw-stage", "management")
    desk.select_option("#pw-example", "1")
    sheets = PdfReader(io.BytesIO(desk.pdf(format="A4", prefer_css_page_size=True))).pages
    first = sheets[0].extract_text()
    for part in ("Name", "Date of birth", "Record number", "Recorded of this patient"):
        assert part in first
    for number, sheet in enumerate(sheets, start=1):
        assert f"page {number} of {len(sheets)}" in sheet.extract_text()


def test_print_leaves_the_form_out_and_shows_answer_and_entries(
    desk: Page, sample_page: Path
) -> None:
    open_page(desk, sample_page)
    desk.get_by_role("group", name="Adult").get_by_text("Yes", exact=True).click()
    desk.emulate_media(media="print")
    desk.evaluate("() => document.body.setAttribute('data-print', 'patient')")
    expect(desk.locator("#pw-form")).to_be_hidden()
    expect(desk.locator("#pw-given")).to_be_visible()
    expect(desk.locator("#pw-given")).to_contain_text("Adult: yes")
    expect(desk.locator("#pw-warning")).to_contain_text("Not a medical device")
    desk.evaluate("() => document.body.setAttribute('data-print', 'pathway')")
    expect(desk.locator("#pw-answer")).to_be_hidden()
    assert desk.locator(".chart:visible").count() == desk.locator(".chart").count()
