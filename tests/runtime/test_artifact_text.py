"""What is no artifact, or one of another version, gives `ArtifactError` with one line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import cast

import pytest

from pathwaylang.ir.artifact import MOST_BYTES
from pathwaylang.runtime import ArtifactError, load, loads
from tests.runtime.damage import Json, Place, at, plain, put, refusal
from tests.runtime.small import artifact_json


@pytest.mark.parametrize("data", ["", "{", "null", "[]", "7", '"text"', "{}", b"\xff\xfe", b"\x00"])
def test_other_data_is_no_artifact(data: bytes | str) -> None:
    refusal(data)


def test_every_truncation_is_refused() -> None:
    text = artifact_json().strip()
    for end in range(0, len(text), 97):
        refusal(text[:end])


def test_file_is_read_and_missing_file_is_an_os_error(tmp_path: Path) -> None:
    path = tmp_path / "small.json"
    path.write_text(artifact_json(), encoding="utf-8")
    assert load(path).info.name == "small"
    with pytest.raises(FileNotFoundError):
        load(tmp_path / "none.json")


def test_huge_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.json"
    with path.open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    with pytest.raises(ArtifactError, match="larger than"):
        load(path)


@pytest.mark.parametrize("version", ["2.0", "17.3"])
def test_newer_schema_is_refused(version: str) -> None:
    message = refusal(put(plain(), version, "schema_version"))
    assert message.startswith(f"the artifact has schema {version}, this program reads up to 1.0")
    assert "update" in message


def test_same_major_version_is_read() -> None:
    found = loads(json.dumps(put(plain(), "1.7", "schema_version")))
    assert found.evaluate({"adult": False}).status == "outside"


def test_newer_minor_version_with_new_fields_says_so() -> None:
    newer = put(put(plain(), "1.7", "schema_version"), 1, "novelty")
    assert "update pathwaylang" in refusal(newer)


def test_older_major_version_asks_to_compile_again() -> None:
    assert "compile the pathway again" in refusal(put(plain(), "0.9", "schema_version"))


@pytest.mark.parametrize("version", [None, 1, "1", "1.x", "", "9" * 5000 + ".0", "１.0"])
def test_strange_version_is_no_artifact(version: object) -> None:
    assert "names no schema version" in refusal(put(plain(), version, "schema_version"))


def test_duplicate_fields_are_refused() -> None:
    text = artifact_json().replace('"tool":', '"tool":"x","tool":', 1)
    assert "`tool` stands twice" in refusal(text)
    inner = artifact_json().replace('"label":"Adult"', '"label":"Adult","label":"Child"', 1)
    assert "`label` stands twice" in refusal(inner)


@pytest.mark.parametrize("where", [(), ("graph",), ("graph", "facts", 0), ("diagram",)])
def test_unknown_fields_are_refused(where: Place) -> None:
    data = plain()
    cast("Json", at(data, *where))["surprise"] = 1
    assert "surprise" in refusal(data)


@pytest.mark.parametrize("word", ["NaN", "Infinity", "-Infinity", "1e999"])
def test_numbers_that_are_none_are_refused(word: str) -> None:
    refusal(artifact_json().replace('"low":"0"', f'"low":{word}', 1))


@pytest.mark.parametrize("number", ["9" * 41, "1/0", "1e9", "0x10", "1" * 100_000, "٣"])
def test_strange_exact_numbers_are_refused(number: str) -> None:
    refusal(artifact_json().replace('"low":"0"', f'"low":"{number}"', 1))
    refusal(artifact_json().replace('"low":"0"', f'"low":{number}', 1))


@pytest.mark.parametrize(("left", "right"), [("[", "]"), ('{"item":', "}"), ('{"items":[', "]}")])
def test_deep_nesting_is_refused(left: str, right: str) -> None:
    deep = left * 10_000 + "1" + right * 10_000
    assert "nested more than" in refusal(f'{{"schema_version":"1.0","graph":{deep}}}')
    assert "nested" in refusal(deep)


def test_brackets_in_texts_do_not_count() -> None:
    text = artifact_json().replace('"label":"Adult"', '"label":"[[' + '\\"{[' * 5_000 + '"', 1)
    assert loads(text).facts[0].label.startswith('[["{[')


def test_condition_without_its_tag_is_refused() -> None:
    assert "extract tag" in refusal(artifact_json().replace(',"kind":"holds"', "", 1))
    assert "'eval'" in refusal(artifact_json().replace('"kind":"holds"', '"kind":"eval"', 1))


def test_nested_conditions_are_read_in_linear_time() -> None:
    guard: object = {"kind": "holds", "name": "adult"}
    for _ in range(60):
        guard = {"kind": "any", "items": [guard]}
    found = loads(json.dumps(put(plain(), guard, "graph", "applies")))
    assert found.evaluate({"adult": False}).status == "outside"
