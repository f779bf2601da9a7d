"""Pages of large pathways: made within 20 seconds, and still to be found one's way in."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from pathwaylang.compiler.pipeline import Compilation
from pathwaylang.diagnostics import Source
from pathwaylang.ir.artifact import Artifact
from pathwaylang.render.page import render_page

DECISIONS = 300
ROWS = 400
SECONDS = 20

HEAD = 'pathway large "Large, generated"\n\nfact n "Number": whole number 0..{last}\n\n'
NONE = '  opinion "Generated."\n'


def artifact_of(text: str) -> Artifact:
    compilation = Compilation(Source("large.pw", text), lambda _: None)
    assert compilation.artifact is not None, [d.message for d in compilation.diagnostics][:3]
    return compilation.artifact


def chain() -> str:
    """A decision after the other, each with a recommendation of its own."""
    parts = [HEAD.format(last=DECISIONS)]
    for n in range(DECISIONS):
        following = f"go to d{n + 1}" if n + 1 < DECISIONS else "recommend last"
        parts.append(
            f'decide d{n} "Is it more than {n}?"\n{NONE}'
            f"  when n <= {n} then recommend r{n}\n  when n > {n} then {following}\n"
        )
    parts += [f'recommendation r{n} "It is {n}"\n' for n in range(DECISIONS)]
    return "".join(parts) + 'recommendation last "It is the last"\n'


def table() -> str:
    rows = "".join(f"  | {n} | recommend r{n % 7} |\n" for n in range(ROWS))
    names = "".join(f'recommendation r{n} "Way {n}"\n' for n in range(7))
    head = HEAD.format(last=ROWS - 1)
    return f'{head}table t "Which way?"\n{NONE}  | n | then |\n{rows}{names}'


@pytest.mark.chromium
@pytest.mark.parametrize(
    ("text", "value", "answer"),
    [(chain(), "250", "It is 250"), (table(), "250", "Way 5")],
    ids=["300 decisions", "table of 400 rows"],
)
def test_large_pages_are_made_and_read(
    desk: Page, tmp_path: Path, text: str, value: str, answer: str
) -> None:
    artifact = artifact_of(text)
    start = time.process_time()
    path = render_page(artifact, tmp_path)
    assert time.process_time() - start < SECONDS
    desk.goto(path.as_uri())
    desk.wait_for_selector("body[data-ready]")
    desk.fill("#pw-f-n", value)
    card = desk.locator("#pw-tracks .card").first
    expect(card).to_contain_text(answer)
    card.get_by_role("link", name="Show on the chart").click()
    lit = desk.locator(".chart:not([hidden]) g.on-way")
    expect(lit.first).to_be_visible()
    box = lit.last.bounding_box()
    assert box is not None
    assert desk.locator("#pw-chart-select option").count() > 3
