"""Pictures of the liver pathway for people: writes docs/gallery.md and docs/gallery/*.png.

Nothing comes in but the pathway of this project and the case beside it; pictures of charts, and of
the page in Debian's Chromium where there is one, come out, each small. Run by `make gallery`; look
at every picture afterwards.

Invariants: a picture has at most 250 kB; the text names every picture and no other.
"""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
from playwright.sync_api import Page, sync_playwright

from tools.pictures import small_png

ROOT = Path(__file__).resolve().parent.parent
PATHWAY = ROOT / "pathways" / "liver_mets.pw"
CASE = ROOT / "pathways" / "cases" / "two_small_lesions.json"
STAGE = "management"
OUT = ROOT / "docs" / "gallery"
TEXT = ROOT / "docs" / "gallery.md"
MOST_BYTES = 250_000
DOTS = 96
# A slip for the picture of findings: a partial deficiency now has two answers. The title says so.
SLIP_FILE = "systemic_colorectal.pw"
SLIP = (
    ("when dpyd is complete then", "when dpyd is one of complete, partial then"),
    (
        'decide dpyd "If a fluoropyrimidine is given:',
        'decide dpyd "EXAMPLE WITH A PLANTED FAULT. If a fluoropyrimidine is given:',
    ),
)

INTRO = """\
# Gallery

The liver pathway as it is drawn. The lit pictures show one made-up patient: two colorectal liver
metastases, the larger of 22 mm, a liver with normal function and nothing outside it
([the case](../pathways/cases/two_small_lesions.json)). The pathway is a draft that nobody has
approved: nothing here is advice. `make gallery` makes these pictures; they are reduced, what
`pathwaylang draw` writes is sharper and has tooltips and links.
"""


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: its file, title and caption, and where it comes from.

    `folder` and `page` name a chart; `take` photographs the page in a browser tab of this size.
    """

    name: str
    title: str
    caption: str
    folder: str = ""
    page: str = ""
    size: tuple[int, int] = (0, 0)
    take: Callable[[Page], bytes] | None = None


def top(tab: Page) -> bytes:
    """Return what the window shows."""
    return tab.screenshot()


def answer(tab: Page) -> bytes:
    """Return the window at the answer."""
    tab.locator("a[href='#pw-answer']:not(.skip)").click()
    return tab.screenshot()


def reasons(tab: Page) -> bytes:
    """Return the window at the reasons for the local treatment."""
    tab.locator("#pw-tracks > *").nth(1).evaluate("element => element.scrollIntoView()")
    return tab.screenshot()


def chart(tab: Page) -> bytes:
    """Return the window at the chart with the row that decided."""
    tab.locator("#pw-way a", has_text="may the liver be operated on").click()
    tab.locator("#pw-charts").evaluate("element => element.scrollIntoView()")
    return tab.screenshot()


def printed(tab: Page) -> bytes:
    """Return the first sheet as it is printed."""
    sheet = pypdfium2.PdfDocument(tab.pdf(format="A4", prefer_css_page_size=True))[0]
    stream = io.BytesIO()
    sheet.render(scale=DOTS / 72).to_pil().save(stream, "PNG")
    return stream.getvalue()


SHOTS = (
    Shot(
        "overview",
        "Overview",
        "The first page: three stages, the tracks of each, and where each is shown in full.",
        "plain",
        "overview",
    ),
    Shot(
        "workup",
        "Stage: workup",
        "A stage with more rows than fit one page: each box stands for a page of its own.",
        "plain",
        "workup",
    ),
    Shot("staging", "Stage: staging", "Two tracks, each with an answer.", "plain", "staging"),
    Shot(
        "management",
        "Stage: management",
        "Nine tracks, side by side; small ones share a line. Each box counts its rows.",
        "plain",
        "management",
    ),
    Shot(
        "list",
        "A list",
        "May the liver be operated on? The first row that applies decides; outcome, strength and "
        "source stand beside the condition, and the limits behind its words below.",
        "plain",
        "management.colorectal_surgery",
    ),
    Shot(
        "lit-overview",
        "One patient: overview",
        "What each track answers for this patient, in yellow. Grey are the stages before: they "
        "were not asked.",
        "lit",
        "overview",
    ),
    Shot(
        "lit-list",
        "One patient: why",
        "The row that decided, the facts behind it, and the rows ruled out before: few and small "
        "metastases, the criteria for a hepatectomy and for an ablation both met, so the patient "
        "decides between the two. The limits behind these criteria stand below, with this "
        "patient's values.",
        "lit",
        "management.colorectal_surgery",
    ),
    Shot(
        "findings",
        "Findings of the check",
        "`draw --findings` on a fault planted for this picture: row DP2 was widened and now "
        "contradicts DP3. The rows say so, with a patient, and the page says that nothing is "
        "proved.",
        "marked",
        "management.dpyd",
    ),
    Shot(
        "page-desktop",
        "The clinician's page, desktop",
        "`draw --format html`: what is known, what is answered, and why.",
        size=(1280, 900),
        take=top,
    ),
    Shot(
        "page-reasons",
        "The clinician's page, reasons",
        "The answer about the liver: both treatments side by side, then the row that decided, its "
        "sources, and what its words mean.",
        size=(1280, 900),
        take=reasons,
    ),
    Shot(
        "page-chart",
        "The clinician's page, the way in the chart",
        "The same page further down: the chart with the row that decided.",
        size=(1280, 900),
        take=chart,
    ),
    Shot(
        "page-phone",
        "The clinician's page, phone",
        "The same file on a phone, at the answer.",
        size=(390, 844),
        take=answer,
    ),
    Shot(
        "page-print",
        "The clinician's page, printed",
        "The first sheet of the print view: room for the name, all answers, all entries.",
        size=(794, 1123),
        take=printed,
    ),
)


def main() -> int:
    """Make all pictures and the text."""
    OUT.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        draw_charts(folder)
        for shot in SHOTS:
            if shot.folder:
                save(shot, (folder / shot.folder / f"{shot.page}.png").read_bytes())
        for shot, picture in photographs(folder):
            save(shot, picture)
    TEXT.write_text(text(), encoding="utf-8")
    return 0


def draw_charts(folder: Path) -> None:
    """Draw the pathway plain, with the way of the patient, and with a slip and its findings."""
    patient = ("--case", str(CASE), "--stage", STAGE)
    draw(PATHWAY, folder / "plain", "--format", "png")
    draw(PATHWAY, folder / "lit", "--format", "png", *patient)
    draw(PATHWAY, folder / "page", "--format", "html", *patient)
    copy = folder / "copy"
    shutil.copytree(PATHWAY.parent, copy)
    path = copy / PATHWAY.stem / SLIP_FILE
    source = path.read_text(encoding="utf-8")
    for right, wrong in SLIP:
        assert source.count(right) == 1, f"a line for the slip has changed in {SLIP_FILE}"
        source = source.replace(right, wrong)
    path.write_text(source, encoding="utf-8")
    draw(copy / PATHWAY.name, folder / "marked", "--format", "png", "--findings", expected=1)


def draw(pathway: Path, out: Path, *more: str, expected: int = 0) -> None:
    """Call `pathwaylang draw` as a user does."""
    call = [sys.executable, "-m", "pathwaylang", "draw", str(pathway), "-o", str(out), *more]
    done = subprocess.run(call, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode != expected or not out.is_dir():
        raise SystemExit(f"{' '.join(more)}: {done.stdout}{done.stderr}")


def photographs(folder: Path) -> Iterator[tuple[Shot, bytes]]:
    """Yield the pictures of the page; none, with a note, where there is no Chromium."""
    program = shutil.which("chromium")
    if program is None:
        print("no Chromium here: the pictures of the page stay as they are", file=sys.stderr)
        return
    (page,) = (folder / "page").glob("*.html")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program, args=["--no-sandbox"])
        for shot in SHOTS:
            if shot.take is not None:
                width, height = shot.size
                context = browser.new_context(viewport={"width": width, "height": height})
                tab = context.new_page()
                tab.goto(page.as_uri())
                tab.wait_for_selector("body[data-ready]")
                yield shot, shot.take(tab)
                context.close()
        browser.close()


def save(shot: Shot, picture: bytes) -> None:
    """Write a picture small."""
    made = small_png(picture, MOST_BYTES)
    (OUT / f"{shot.name}.png").write_bytes(made)
    print(f"{shot.name}.png: {len(made) // 1000} kB")


def text() -> str:
    """Return the text around the pictures."""
    parts = [INTRO]
    for shot in SHOTS:
        if (OUT / f"{shot.name}.png").exists():
            picture = f"![{shot.title}](gallery/{shot.name}.png)"
            parts.append(f"## {shot.title}\n\n{shot.caption}\n\n{picture}\n")
    return "\n".join(parts)


if __name__ == "__main__":
    sys.exit(main())
