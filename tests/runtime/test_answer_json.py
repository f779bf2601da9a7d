"""The JSON of an answer is a contract: letter by letter, and every name in it is documented."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from pathwaylang.runtime import Answer, answer_schema
from tests.runtime.small import pathway

GOLDEN = Path(__file__).parent / "golden"
CASES: dict[str, dict[str, object]] = {
    "request": {"adult": True, "bilirubin": "20 umol/L", "scan": "spot", "awake": True},
    "recommendation": {
        "adult": True,
        "bilirubin": 1,
        "scan": "spot",
        "size": "3.5 cm",
        "fever": False,
        "awake": True,
        "pain": False,
        "age": 40,
    },
    "outside": {"adult": False},
    "contradiction": {"adult": True, "awake": False, "pain": True},
}


@pytest.mark.parametrize("name", CASES)
def test_json_is_as_it_was(name: str, update_golden: bool) -> None:
    answer = pathway().evaluate(CASES[name])
    assert answer.status == name
    text = answer.to_json(indent=2) + "\n"
    path = GOLDEN / f"{name}.json"
    if update_golden:
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", CASES)
def test_json_is_plain_data_and_stable(name: str) -> None:
    first, second = (pathway().evaluate(CASES[name]) for _ in range(2))
    assert first == second
    assert json.loads(first.to_json()) == json.loads(json.dumps(second.to_dict()))


SCHEMA = Path(__file__).parents[2] / "docs" / "answer.schema.json"


def test_the_schema_stands_in_the_docs(update_golden: bool) -> None:
    text = json.dumps(answer_schema(), indent=2) + "\n"
    if update_golden:
        SCHEMA.write_text(text, encoding="utf-8")
    assert text == SCHEMA.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", CASES)
def test_the_schema_accepts_answers_and_nothing_less(name: str) -> None:
    judge = Draft202012Validator(answer_schema())
    plain = json.loads(pathway().evaluate(CASES[name]).to_json())
    judge.validate(plain)
    for key in plain:
        assert not judge.is_valid({k: v for k, v in plain.items() if k != key})
    assert not judge.is_valid(plain | {"status": "perhaps"})
    track = dict(next(iter(plain["tracks"].values())))
    del track["reason"]
    assert not judge.is_valid(plain | {"tracks": {"start": track}})


def keys(data: object) -> Iterator[str]:
    if isinstance(data, dict):
        for key, value in data.items():
            yield key
            yield from keys(value)
    elif isinstance(data, list):
        for item in data:
            yield from keys(item)


def test_every_name_is_documented() -> None:
    text = Answer.to_dict.__doc__ or ""
    words = set(
        text.replace(":", " ").replace(",", " ").replace(";", " ").replace(".", " ").split()
    )
    tracks = {"start", "support", "later"}
    for case in CASES.values():
        plain = json.loads(pathway().evaluate(case).to_json())
        assert set(keys(plain)) - tracks <= words
