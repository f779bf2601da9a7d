"""Files in memory, with `¦` where the cursor is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from pathwaylang.diagnostics import Edit, Source, Span
from pathwaylang.service import View, Workspace

CURSOR = "¦"

MODULE = """module shared "Shared"
fact fit "Fit for surgery": yes/no
  opinion "x"
fact ecog "Performance": whole number 0..4
  code LOINC 89247-1 "ECOG score"
  ask "How active?"
  usually 1
source trial "The trial"
  says size at "table 1" "lesions up to 3 cm"
  says age at "table 2" "adults"
"""

MAIN = """pathway main "Main"
  version 0.1.0
use fit, ecog, trial from "shared.pw"
fact size "Largest lesion": number in cm 0..10 step 0.1
  may be unknown
fact stage_of "Stage": choice of early "Early", late, none
define able "Able" as fit and ecog <= 2
test ct "CT" finds size
recommendation resection "Resection"
  strength strong for
recommendation ablation "Ablation"
recommendation care "Care"
stage entry "Entry" starts at first
decide in order first "First?"
  because "Quick."
  opinion "x"
  obtain ct
  when size <= 3 cm then recommend ablation
    id A1
    cite trial.size
  when able and stage_of is early then recommend resection and care
    id A2
  when unknown then recommend care
  otherwise go to second
decide second "Second?"
  opinion "x"
  when able then recommend resection
  when not able then offer ablation or care
never recommend resection when ecog >= 3
  opinion "x"
example "Small"
  given size is 2 cm, stage_of is early
  expect recommend ablation
example "Small and fit"
  given like "Small"
  given fit
  expect recommend ablation
"""

FILES = {"main.pw": MAIN, "shared.pw": MODULE}


def workspace(files: Mapping[str, str] = FILES) -> Workspace:
    """Return files as a workspace; all that are no modules are main files."""

    def load(name: str) -> Source | None:
        return Source(name, files[name]) if name in files else None

    mains = [
        name for name, text in files.items() if not re.search(r"^module\b", text, re.MULTILINE)
    ]
    return Workspace(load, pathways=mains)


def view(files: Mapping[str, str] = FILES, name: str = "main.pw") -> View:
    """Return one of the files as a view."""
    found = workspace(files).view(name)
    assert found is not None
    return found


def at_cursor(
    text: str, name: str = "main.pw", files: Mapping[str, str] = FILES
) -> tuple[View, int]:
    """Return the view of a file with this text, and where its cursor is."""
    offset = text.index(CURSOR)
    return view({**files, name: text.replace(CURSOR, "")}, name), offset


def place(seen: View, words: str, ahead: int = 0) -> int:
    """Return where words stand for the first time in a view's file."""
    return seen.source.text.index(words) + ahead


def told(seen: View, spans: Iterable[Span], files: Mapping[str, str] = FILES) -> list[str]:
    """Return spans as `file:line:word`."""
    found = []
    for span in spans:
        source = seen.compilation.sources.get(span.source)
        source = source or Source(span.source, files[span.source])
        line = source.position(span.start).line
        found.append(f"{span.source}:{line}:{source.text[span.start : span.end]}")
    return found


def applied(files: Mapping[str, str], edits: Iterable[Edit]) -> dict[str, str]:
    """Return the files with edits made."""
    texts = dict(files)
    for edit in sorted(edits, key=lambda e: e.span, reverse=True):
        text = texts[edit.span.source]
        texts[edit.span.source] = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return texts
