"""Text: fixed order, carets under what is meant, nothing raw."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from pathwaylang.diagnostics import Label, Source, Sources, finding
from pathwaylang.diagnostics.render_text import TextStyle, render_text, render_texts
from pathwaylang.diagnostics.visible import columns, visible, wrapped
from tests.diagnostics.samples import HOSTILE, LESION, RAW_CHARACTERS, SOURCES, at, gap, hostile

WHOLE = """\
lesion.pw:3:8 error PW0502 gap-between-rows
  no row of `local` takes a largest of 35 mm
 3 | decide local "What is done?"
   |        ^^^^^ no row fits
 4 |   when largest <= 30 mm then recommend ablation
   |        ---------------- ends here
  --> scores.pw:2
 2 | fact ecog "ECOG": whole number 0..4
   |      ----
  patient: largest is 35 mm, not fit; 1 other fact as usual
      way: first.1 → local
     note: a plain note
     note: about 1.15 × 10^18 cases, 2.5 % of those that get here (engine: diagram)
     note: largest 31..39 mm: 9 cases
     note: any values: 1 case
     help: add a branch, for instance
             when largest in 31..39 mm then recommend ablation
      see: pathwaylang explain PW0502"""


def caret_under(source: Source, text: str, width: int = 100) -> str:
    """Return what stands above the carets of a label on `text`, by terminal columns."""
    label = Label(at(source, text))
    shown = render_text(finding("PW0106", "x", label), Sources(source), TextStyle(False, width))
    above, below = shown.split("\n")[2:4]
    first = below.index("^")
    length = len(below.strip(" |"))
    cells = "".join(c if columns(c) < 2 else c + "\0" for c in above if columns(c))
    return cells[first : first + length].replace("\0", "")


def test_whole_finding() -> None:
    assert render_text(gap(), SOURCES) == WHOLE


def test_colour_changes_no_word() -> None:
    coloured = render_text(gap(), SOURCES, TextStyle(colour=True))
    assert coloured != render_text(gap(), SOURCES)
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == render_text(gap(), SOURCES)


def test_several_findings_are_parted_by_an_empty_line() -> None:
    assert render_texts([gap(), gap()], SOURCES).count("\n\nlesion.pw:3:8 error") == 1


def test_hostile_text_is_never_raw() -> None:
    found, sources = hostile()
    shown = render_text(found, sources)
    assert not any(c in shown for c in RAW_CHARACTERS)
    assert "<U+202E>" in shown
    assert '"><script>' in shown, "markup is text on a terminal and stays readable"


def test_waived_finding_is_told_in_short() -> None:
    shown = render_text(replace(gap(), waived="agreed in the meeting"), SOURCES)
    assert shown == (
        "lesion.pw:3:8 error PW0502 gap-between-rows (waived)\n"
        "  no row of `local` takes a largest of 35 mm\n"
        "   waived: agreed in the meeting"
    )


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("plain ascii here", "ascii"),
        ("\tfact a", "fact"),
        ("fact a 肝脏転移 b", "b"),
        ("fact a 肝脏転移 b", "脏転"),
        ("fact cafe\u0301 after", "after"),
        ("x" * 400 + " target " + "y" * 400, "target"),
        ("肝" * 300 + " target " + "\t" * 300, "target"),
        ("target " + "y" * 400, "target"),
    ],
)
def test_carets_stand_under_the_text(line: str, text: str) -> None:
    assert caret_under(Source("a.pw", f"one\n{line}\nthree"), text) == text


def test_carets_stand_under_a_hidden_character() -> None:
    assert caret_under(Source("a.pw", "a \u202e b"), "\u202e") == "<U+202E>"


@pytest.mark.parametrize("width", [30, 60, 100])
def test_long_lines_are_cut_to_the_width(width: int) -> None:
    source = Source("a.pw", "x " * 4000 + "target" + " y" * 4000)
    label = Label(at(source, "target"), "")
    shown = render_text(finding("PW0106", "x", label), Sources(source), TextStyle(False, width))
    excerpt = shown.split("\n")[2:4]
    assert all(columns(line) <= max(width, 30) for line in excerpt)
    assert "target" in excerpt[0]


def test_span_over_several_lines_says_where_it_ends() -> None:
    label = Label(LESION.span(at(LESION, "decide").start, len(LESION.text)), "this decision")
    shown = render_text(finding("PW0501", "x", label), SOURCES)
    assert "^ this decision (to line 5)" in shown


def test_place_at_the_end_of_the_file_and_of_an_unknown_file() -> None:
    end = Label(LESION.span(len(LESION.text), len(LESION.text)))
    assert render_text(finding("PW0209", "x", end), SOURCES).startswith("lesion.pw:6:1 error")
    beyond = Label(Source("gone.pw", "").span(5, 9))
    assert render_text(finding("PW0209", "x", beyond), SOURCES) == (
        "gone.pw error PW0209 syntax-error\n  x\n      see: pathwaylang explain PW0209"
    )


def test_usual_patient() -> None:
    found = gap()
    assert found.evidence is not None
    assert found.evidence.patient is not None
    patient = replace(found.evidence.patient, facts=())
    shown = render_text(replace(found, evidence=replace(found.evidence, patient=patient)), SOURCES)
    assert "patient: the usual patient: largest is 35 mm, not fit, ecog is 2" in shown


def test_a_count_that_the_notes_tell_is_not_told_again() -> None:
    found = gap()
    assert found.evidence is not None
    evidence = replace(found.evidence, count=9, boxes=())
    told = replace(found, notes=("It concerns 9 cases of 360.",), evidence=evidence)
    assert render_text(told, SOURCES).count("9 cases") == 1
    assert "note: That is 2.5 % of them (engine: diagram)." in render_text(told, SOURCES)


def test_prose_is_wrapped_and_code_is_not() -> None:
    lines = wrapped("word " * 30 + "\n  " + "code " * 30, 40, "    ")
    assert all(columns(line) <= 40 for line in lines[:-1])
    assert lines[-1] == "      " + "code " * 30


def test_visible_keeps_ordinary_text() -> None:
    for text in ("Größe ≤ 3 cm", "肝臓", "نیم\u200cفاصله", "e\u0301", "😀"):
        assert visible(text) == text
    assert visible(HOSTILE) != HOSTILE
