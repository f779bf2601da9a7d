"""JSON: the fields of tools.md, all of them, always; GitHub: one safe line per finding."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from pathwaylang import __version__
from pathwaylang.diagnostics import Label, Severity, Source, Sources, finding
from pathwaylang.diagnostics.render_github import render_github
from pathwaylang.diagnostics.render_json import (
    CheckedFile,
    CheckedTrack,
    check_document,
    json_text,
)
from tests.diagnostics.samples import HOSTILE, RAW_CHARACTERS, SOURCES, gap, hostile

PROVED = CheckedFile(
    "lesion.pw",
    "lesion",
    142560,
    "cases",
    (("management", (("local", CheckedTrack("diagram", (("resection", 1200),))),)),),
)


def test_whole_document() -> None:
    assert check_document([PROVED], [gap()], SOURCES) == {
        "schema": 1,
        "tool": f"pathwaylang {__version__}",
        "files": [
            {
                "path": "lesion.pw",
                "pathway": "lesion",
                "cases": "142560",
                "unit": "cases",
                "stages": {
                    "management": {
                        "local": {"engine": "diagram", "outcomes": {"resection": "1200"}}
                    }
                },
            }
        ],
        "findings": [
            {
                "code": "PW0502",
                "name": "gap-between-rows",
                "severity": "error",
                "message": "no row of `local` takes a largest of 35 mm",
                "file": "lesion.pw",
                "start": {"line": 3, "column": 8},
                "end": {"line": 3, "column": 13},
                "labels": [
                    {
                        "file": "lesion.pw",
                        "start": {"line": 3, "column": 8},
                        "end": {"line": 3, "column": 13},
                        "text": "no row fits",
                    },
                    {
                        "file": "lesion.pw",
                        "start": {"line": 4, "column": 8},
                        "end": {"line": 4, "column": 24},
                        "text": "ends here",
                    },
                    {
                        "file": "scores.pw",
                        "start": {"line": 2, "column": 6},
                        "end": {"line": 2, "column": 10},
                        "text": "",
                    },
                ],
                "patient": {
                    "facts": {"largest": "35 mm", "fit": False},
                    "complete": {"largest": "35 mm", "fit": False, "ecog": 2},
                },
                "count": str(2**60),
                "unit": "cases",
                "share": 0.025,
                "boxes": [
                    {"facts": {"largest": "31..39 mm", "fit": "any"}, "count": "9"},
                    {"facts": {"largest": "any", "fit": "any"}, "count": "1"},
                ],
                "waived": None,
                "blame": [
                    {"file": "lesion.pw", "line": 5, "branch": "local.2", "same_outcome": True}
                ],
                "help": "add a branch, for instance\n"
                "  when largest in 31..39 mm then recommend ablation",
                "engine": "diagram",
            }
        ],
        "summary": {"errors": 1, "warnings": 0, "notes": 0, "undecided": 0},
    }


def test_every_field_is_there_where_nothing_is_known() -> None:
    bare = finding("PW0209", "x", Label(Source("gone.pw", "").span(0, 0)))
    document = check_document([CheckedFile("gone.pw")], [bare], Sources())
    full = check_document([PROVED], [gap()], SOURCES)
    for key in ("files", "findings"):
        rows, full_rows = document[key], full[key]
        assert isinstance(rows, list)
        assert isinstance(full_rows, list)
        assert list(rows[0]) == list(full_rows[0])
    text = json.loads(json_text(document))
    assert text["files"][0] == {
        "path": "gone.pw",
        "pathway": None,
        "cases": None,
        "unit": None,
        "stages": {},
    }
    assert text["findings"][0]["start"] is None
    assert text["findings"][0]["patient"] is None
    assert text["findings"][0]["help"] is None


def test_columns_count_code_points() -> None:
    source = Source("a.pw", "😀肝e\u0301 x")
    found = finding("PW0301", "m", Label(source.span(5, 6)))
    row = json.loads(json_text(check_document([], [found], Sources(source))))["findings"][0]
    assert (row["start"]["column"], row["end"]["column"]) == (6, 7)


def test_summary_counts_what_is_not_waived() -> None:
    found = [
        gap(),
        replace(gap(), waived="because"),
        *(
            replace(gap(), severity=severity)
            for severity in (Severity.WARNING, Severity.NOTE, Severity.UNDECIDED)
        ),
    ]
    summary = check_document([], found, SOURCES)["summary"]
    assert summary == {"errors": 1, "warnings": 1, "notes": 1, "undecided": 1}


def test_hostile_text_comes_back_whole_and_is_printed_safely() -> None:
    found, sources = hostile()
    text = json_text(check_document([], [found], sources))
    assert not any(c in text for c in RAW_CHARACTERS)
    row = json.loads(text)["findings"][0]
    assert row["message"] == row["help"] == row["labels"][0]["text"] == HOSTILE
    assert row["patient"]["facts"] == {HOSTILE: HOSTILE}


@pytest.mark.parametrize("text", ["\udcff", "\U000e0041", "\x7f", "Größe"])
def test_json_text_round_trips(text: str) -> None:
    assert json.loads(json_text({"a": text})) == {"a": text}


def test_github_line() -> None:
    line = render_github([gap()], SOURCES)
    assert line == (
        "::error file=lesion.pw,line=3,endLine=3,col=8,endColumn=13,title=PW0502 gap-between-rows"
        "::no row of `local` takes a largest of 35 mm"
        "%0Apatient: largest is 35 mm, not fit%0Anote: a plain note"
        "%0Ahelp: add a branch, for instance"
        "%0A  when largest in 31..39 mm then recommend ablation"
    )


@pytest.mark.parametrize(
    ("severity", "command"),
    [("error", "error"), ("undecided", "error"), ("warning", "warning"), ("note", "notice")],
)
def test_github_commands(severity: str, command: str) -> None:
    line = render_github([replace(gap(), severity=Severity(severity))], SOURCES)
    assert line.startswith(f"::{command} file=")


def test_github_leaves_waived_findings_out() -> None:
    assert render_github([replace(gap(), waived="agreed")], SOURCES) == ""


def test_github_escapes_hostile_text() -> None:
    found, sources = hostile()
    lines = render_github([found, found], sources).split("\n")
    assert len(lines) == 2
    head, _, message = lines[0].removeprefix("::").partition("::")
    assert head.count(",") == 5, "file, line, endLine, col, endColumn, title"
    assert not any(c in lines[0] for c in RAW_CHARACTERS)
    assert " %0A " not in message, "a literal percent sign is escaped"
    assert " %250A " in message
