"""The record on paper: the PDF made without a browser, and the HTML printed by Chromium."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from pypdf import PdfReader

from pathwaylang.compiler.emit.report.nodes import Para, Record, Section, cell
from pathwaylang.render.adapters.record_pdf import write_pdf
from tests.cli.support import LESION, Program
from tests.report.support import STAGED, pdf_texts

A4 = (595, 842)


def test_pdf_has_head_number_and_chapters(program: Program) -> None:
    program.write("lesion.pw", STAGED)
    assert program("report", "lesion.pw", "-o", "r.pdf").code == 0
    reader = PdfReader(program.folder / "r.pdf")
    texts = pdf_texts((program.folder / "r.pdf").read_bytes())
    for number, text in enumerate(texts, 1):
        assert "lesion 1.2.0 · IN REVIEW" in text
        assert f"page {number} of {len(texts)}" in text
        assert "not a medical device" in text
    assert "PROVED: each case reaches exactly one outcome" in texts[0]
    assert "child and largest > 100 mm" in texts[0], "assumptions stand on the first page"
    titles = [entry.title for entry in reader.outline if not isinstance(entry, list)]
    assert titles[:3] == ["What is assumed", "What was proved", "Findings and waivers"]
    contents = next(text for text in texts if "Contents" in text)
    for entry in reader.outline:
        page = reader.get_destination_page_number(entry) + 1  # type: ignore[arg-type]
        assert f"{entry.title} {page}" in contents  # type: ignore[union-attr]
    assert all(tuple(map(int, page.mediabox[2:])) in (A4, (595, 841)) for page in reader.pages)


def test_charts_are_in_the_pdf_as_letters(program: Program) -> None:
    program.write("lesion.pw", STAGED)
    assert program("report", "lesion.pw", "-o", "r.pdf").code == 0
    texts = pdf_texts((program.folder / "r.pdf").read_bytes())
    chart = next(text for text in texts if "Stage “What is done?”" in text and "QUESTION" in text)
    assert "Thermal ablation" in chart


def test_letters_that_no_font_has_are_written_out() -> None:
    part = Section("one", "Title 肝", (Para(cell("liver 肝, Leber, ßüé ≤ µ", "<b>&amp;")),))
    record = Record("Record", ("head", "right"), "foot", (part,))
    told = pdf_texts(write_pdf(record, ()))[0]
    assert "liver <U+809D>, Leber, ßüé ≤ µ" in told
    assert "<b>&amp;" in told


@pytest.mark.chromium
def test_html_prints_with_head_and_numbers(program: Program) -> None:
    program.write("lesion.pw", STAGED)
    assert program("report", "lesion.pw", "-o", "r.html").code == 0
    address = (program.folder / "r.html").as_uri()
    # In a thread of its own: another test of this process may hold a browser open in this one.
    with ThreadPoolExecutor(1) as pool:
        printed, asked = pool.submit(printed_by_chromium, address).result()
    assert asked == [address]
    texts = pdf_texts(printed)
    for number, text in enumerate(texts, 1):
        assert f"page {number} of {len(texts)}" in text
        assert "lesion 1.2.0 · IN REVIEW" in text
    assert "child and largest > 100 mm" in texts[0]


def printed_by_chromium(address: str) -> tuple[bytes, list[str]]:
    """The page as PDF, and every address that was asked for."""
    from playwright.sync_api import sync_playwright

    asked: list[str] = []
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path="/usr/bin/chromium")
        page = browser.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.goto(address)
        printed = page.pdf(prefer_css_page_size=True)
        browser.close()
    return printed, asked


def test_machine_without_the_library_is_told(
    program: Program,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    import sys

    for name in list(sys.modules):
        if name.startswith(("reportlab", "pathwaylang.render.adapters.record_")):
            monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "reportlab", None)
    program.write("lesion.pw", LESION)
    ended = program("report", "lesion.pw", "-o", "r.pdf")
    assert ended.code == 2
    assert 'pip install "pathwaylang[report]"' in ended.err
    assert program.files() == ["lesion.pw"]
