"""A pathway with one of everything that a record tells of, and look-ups in the record."""

from __future__ import annotations

import io
import re
from html import unescape
from html.parser import HTMLParser

from pypdf import PdfReader

STAGED = """\
pathway lesion "One liver lesion"
  version 1.2.0
  status in_review
  review by 2099-01-01

source guide "A guideline"
  read 2026-10-01
  says s1 at "p. 4" "Ablation up to 30 mm."
  says s2 at "p. 5" "Larger ones are resected."
  says s3 at "p. 9" "Patients were adults."
    background "tells whom the guideline is about"

fact largest "Largest diameter": whole number in mm 1..200
  usually 20 mm
fact fit "Fit for an operation": yes/no
  may be unknown
  usually yes
fact child "Child": yes/no
  usually no

impossible when child and largest > 100 mm
  because "A child's liver holds no such lesion."

stage management "What is done?" starts at local

decide local "What is done about the lesion?"
  when largest <= 30 mm then recommend ablation
    cite guide.s1
  when largest > 30 mm and fit then recommend resection
    cite guide.s1, guide.s2
  when largest > 30 mm and not fit then recommend systemic
    cite guide.s1
    opinion "To verify: the choice for the unfit."
  when unknown then recommend assessment
    opinion "To verify: assess first."

recommendation ablation "Thermal ablation"
recommendation resection "Resection"
recommendation systemic "Systemic therapy"
recommendation assessment "Assess the fitness first"

never recommend resection when fit is known and not fit
  cite guide.s2

example "A small lesion"
  given largest is 20 mm, fit, not child
  expect recommend ablation
"""


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.goals: list[str] = []
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            if name in ("href", "src"):
                self.goals.append(value or "")


def links_of(page: str) -> _Links:
    found = _Links()
    found.feed(page)
    return found


def words_of(page: str) -> str:
    """Return the text of a page of HTML, spaces made one."""
    bare = re.sub(r"<style>.*?</style>|<svg.*?</svg>|<nav.*?</nav>", " ", page, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", bare.replace("<wbr>", ""))).split())


def pdf_texts(data: bytes) -> list[str]:
    """Return the text of each page, spaces made one."""
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(data)).pages]
