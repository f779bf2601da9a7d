"""SARIF: every log fits the schema of the standard, and says what the text form says."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest

from pathwaylang.diagnostics import (
    CODES,
    Diagnostic,
    Edit,
    Label,
    Repair,
    Severity,
    Source,
    Sources,
    finding,
)
from pathwaylang.diagnostics.render_json import json_text
from pathwaylang.diagnostics.render_sarif import sarif_document, uri_of
from tests.diagnostics.samples import LESION, RAW_CHARACTERS, SOURCES, at, gap, hostile

SCHEMA = Path(__file__).resolve().parent.parent / "data" / "sarif-2.1.0-rtm.5.json"


def log(*found: Diagnostic, sources: Sources = SOURCES, **more: object) -> dict[str, object]:
    """Return a log as a reader gets it, held against the schema."""
    document = json.loads(json_text(sarif_document(found, sources, **more)))  # type: ignore[arg-type]
    schema = json.loads(SCHEMA.read_text("utf-8"))
    jsonschema.Draft4Validator(schema, format_checker=jsonschema.FormatChecker()).validate(document)
    return document  # type: ignore[no-any-return]


def run_of(document: dict[str, object]) -> dict[str, object]:
    (run,) = document["runs"]  # type: ignore[misc, attr-defined]
    return run


def test_the_schema_would_refuse_a_wrong_log() -> None:
    schema = json.loads(SCHEMA.read_text("utf-8"))
    document = json.loads(json_text(sarif_document([gap()], SOURCES)))
    document["runs"][0]["results"][0]["level"] = "severe"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(document, schema)


def test_an_empty_log_is_one_run_without_results() -> None:
    run = run_of(log())
    assert run["results"] == []
    assert run["columnKind"] == "utf16CodeUnits"
    assert run["invocations"] == [{"executionSuccessful": True}]


def test_a_finding_with_everything() -> None:
    run = run_of(log(gap(), pages={"PW0502": "# PW0502 gap-between-rows\n\nA number falls.\n"}))
    (rule,) = run["tool"]["driver"]["rules"]
    assert (rule["id"], rule["name"]) == ("PW0502", "gap-between-rows")
    assert rule["fullDescription"]["text"] == "A number falls."
    assert rule["help"]["markdown"].startswith("# PW0502")
    assert rule["defaultConfiguration"] == {"level": "error"}
    (result,) = run["results"]
    assert (result["ruleId"], result["ruleIndex"], result["level"]) == ("PW0502", 0, "error")
    assert "Patient: largest is 35 mm, not fit" in result["message"]["text"]
    (place,) = result["locations"]
    assert place["physicalLocation"] == {
        "artifactLocation": {"uri": "lesion.pw"},
        "region": {"startLine": 3, "startColumn": 8, "endLine": 3, "endColumn": 13},
    }
    related = result["relatedLocations"]
    assert [item["id"] for item in related] == [1, 2, 3]
    assert related[0]["message"] == {"text": "ends here"}
    assert related[1]["physicalLocation"]["artifactLocation"] == {"uri": "scores.pw"}
    assert related[2]["message"] == {"text": "branch local.2"}
    assert result["properties"]["count"] == str(2**60)
    assert result["properties"]["patient"]["complete"]["ecog"] == 2
    assert result["suppressions"] == []


@pytest.mark.parametrize(
    ("severity", "level"),
    [("error", "error"), ("undecided", "error"), ("warning", "warning"), ("note", "note")],
)
def test_levels(severity: str, level: str) -> None:
    (result,) = run_of(log(replace(gap(), severity=Severity(severity))))["results"]
    assert (result["level"], result["properties"]["severity"]) == (level, severity)


def test_a_waived_finding_is_suppressed_with_its_reason() -> None:
    found = finding("PW0304", "`largest` is not read", Label(at(LESION, "largest")))
    (result,) = run_of(log(replace(found, waived="For later.")))["results"]
    assert result["suppressions"] == [
        {"kind": "inSource", "status": "accepted", "justification": "For later."}
    ]


def test_columns_count_utf16_units() -> None:
    source = Source("a.pw", "first\nfact 𝛼𝛽 here\n")
    found = finding("PW0301", "no", Label(at(source, "here")))
    (result,) = run_of(log(found, sources=Sources(source)))["results"]
    region = result["locations"][0]["physicalLocation"]["region"]
    line = "fact 𝛼𝛽 here".encode("utf-16-le")
    start, end = region["startColumn"] - 1, region["endColumn"] - 1
    assert line[2 * start : 2 * end].decode("utf-16-le") == "here"


def test_a_finding_in_a_file_that_is_not_there_has_no_region() -> None:
    found = finding("PW0905", "no", Label(Source("gone.pw", "x").span(0, 1)))
    (result,) = run_of(log(found))["results"]
    assert "region" not in result["locations"][0]["physicalLocation"]


def test_fingerprints_stay_when_lines_move_and_differ_between_findings() -> None:
    def prints(text: str) -> list[str]:
        source = Source("a.pw", text)
        found = [
            finding("PW0304", "no", Label(source.span(start, start + 4)))
            for start in range(len(text))
            if text.startswith("fact", start)
        ]
        results = run_of(log(*found, sources=Sources(source)))["results"]
        return [one["partialFingerprints"]["pathwaylangFinding/v1"] for one in results]

    before = prints("fact a\nfact b\nfact b\n")
    assert len(set(before)) == 3
    assert prints("\n\n# moved\nfact a\n  fact b\nfact b\n") == before


def test_a_repair_that_can_be_applied_is_a_fix() -> None:
    at_limit = at(LESION, "40 mm")
    repair = Repair("write the limit", (Edit(at_limit, "30 mm"),))
    (result,) = run_of(log(replace(gap(), repair=repair)))["results"]
    (change,) = result["fixes"][0]["artifactChanges"]
    (replacement,) = change["replacements"]
    assert change["artifactLocation"] == {"uri": "lesion.pw"}
    assert replacement["insertedContent"] == {"text": "30 mm"}
    assert replacement["deletedRegion"]["startLine"] == 5
    open_ = Repair("add a branch", (Edit(at_limit, "…"),))
    (result,) = run_of(log(replace(gap(), repair=open_)))["results"]
    assert "fixes" not in result


def test_files_that_could_not_be_read_are_told() -> None:
    (invocation,) = run_of(log(problems=["a.pw: there is no such file"]))["invocations"]
    assert invocation["executionSuccessful"] is False
    (note,) = invocation["toolExecutionNotifications"]
    assert note["message"]["text"] == "a.pw: there is no such file"


def test_hostile_text_stays_text() -> None:
    found, sources = hostile()
    (result,) = run_of(log(found, sources=sources))["results"]
    assert not any(character in result["message"]["text"] for character in RAW_CHARACTERS)
    text = json_text(sarif_document([found], sources))
    assert not any(character in text for character in RAW_CHARACTERS)


@pytest.mark.parametrize(
    ("name", "uri"),
    [
        ("a.pw", "a.pw"),
        ("./a/b c.pw", "a/b%20c.pw"),
        ("../up.pw", "../up.pw"),
        ("/data/a.pw", "file:///data/a.pw"),
        ("C:\\data\\a.pw", "file:///C:/data/a.pw"),
        ("a:b.pw", "a%3Ab.pw"),
        ("ä#?.pw", "%C3%A4%23%3F.pw"),
        ("<stdin>", "%3Cstdin%3E"),
    ],
)
def test_paths_become_uris(name: str, uri: str) -> None:
    assert uri_of(name) == uri


def test_every_code_makes_a_rule() -> None:
    found = [finding(code, "x", Label(at(LESION, "local"))) for code in CODES]
    rules = run_of(log(*found))["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == sorted(CODES)
