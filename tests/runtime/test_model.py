"""The pydantic model and its JSON Schema accept and refuse what `Pathway.case` does."""

from __future__ import annotations

import json
from fractions import Fraction

import pydantic
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from pathwaylang.ir.facts import Choice, Fact, shown_value
from pathwaylang.ir.guards import Interval
from pathwaylang.runtime import CaseError
from pathwaylang.runtime.case import Recorded
from pathwaylang.runtime.model import field_name, make_model
from pathwaylang.runtime.read import read_value
from tests.runtime.small import pathway

GOOD: dict[str, list[object]] = {
    "adult": [True, False, "yes", "no", {"value": True, "taken": "2026-01-31"}],
    "scan": ["clear", "spot", {"value": "many", "taken": "2026-01-31"}],
    "bilirubin": [0, 30, 0.3, "0.3", "17.1 umol/L", {"value": 1, "unit": "mg/dL"}],
    "size": [1, 8.75, "12 mm", {"value": "1", "unit": "cm", "taken": "2026-01-31"}],
    "fever": ["unknown", True, {"value": "unknown", "taken": "2026-01-31"}],
    "age": [18, 119, "55 a", 19.0],
}
BAD: dict[str, list[object]] = {
    "adult": ["perhaps", 1, [], "unknown", {"value": True}, {"value": True, "unit": "cm"}],
    "scan": ["spots", 3, {"value": "spots", "taken": "2026-01-31"}],
    "bilirubin": [-1, 31, True, [], {"value": 1}, {"value": 1, "unit": "mg/dL", "x": 1}],
    "size": [-0.5, 10, "big", {"unit": "cm"}],
    "fever": ["hot", 38],
    "age": [17, 120, 18.5],
}
VALUES = [value for part in (GOOD, BAD) for values in part.values() for value in values]


def validator() -> Draft202012Validator:
    schema = pathway().json_schema()
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


@pytest.mark.parametrize("fact", GOOD)
def test_good_values_pass_model_and_schema(fact: str) -> None:
    checker = validator()
    for value in (*GOOD[fact], None):
        pathway().model.model_validate({fact: value})
        assert checker.is_valid({fact: value}), value


@pytest.mark.parametrize("fact", BAD)
def test_bad_values_fail_model_and_schema(fact: str) -> None:
    checker = validator()
    for value in BAD[fact]:
        with pytest.raises(pydantic.ValidationError):
            pathway().model.model_validate({fact: value})
        assert not checker.is_valid({fact: value}), value


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.dictionaries(st.sampled_from(sorted(GOOD)), st.sampled_from(VALUES)))
def test_model_and_case_agree(raw: dict[str, object]) -> None:
    subject = pathway()
    try:
        case = subject.case(raw, on="2026-02-10")
    except CaseError as error:
        with pytest.raises(pydantic.ValidationError) as caught:
            subject.model.model_validate(raw)
        by_case = [(problem.fact, problem.message) for problem in error.problems]
        by_model = [(item["loc"][0], str(item["ctx"]["error"])) for item in caught.value.errors()]
        assert by_model == by_case
    else:
        assert subject.case(subject.model.model_validate(raw), on="2026-02-10") == case


def test_unknown_fields_are_forbidden() -> None:
    with pytest.raises(pydantic.ValidationError) as caught:
        pathway().model.model_validate({"adult": True, "bilirubim": 1})
    assert [item["type"] for item in caught.value.errors()] == ["extra_forbidden"]
    assert not validator().is_valid({"bilirubim": 1})


def test_field_holds_what_was_read() -> None:
    found = pathway().model.model_validate({"bilirubin": "20 umol/L"})
    recorded = found.bilirubin  # type: ignore[attr-defined]
    assert isinstance(recorded, Recorded)
    assert recorded.value == Fraction("1.2")
    assert "rounded to 1.2 mg/dL" in recorded.note
    assert found.scan is None  # type: ignore[attr-defined]


def test_model_is_frozen() -> None:
    found = pathway().model.model_validate({"adult": True})
    with pytest.raises(pydantic.ValidationError):
        found.adult = False  # type: ignore[attr-defined]


def test_dump_reads_back() -> None:
    subject = pathway()
    raw = {"bilirubin": {"value": 2, "taken": "2026-01-31"}, "fever": "unknown", "size": "2 cm"}
    found = subject.model.model_validate(raw)
    again = subject.model.model_validate_json(found.model_dump_json())
    assert subject.case(again, on="2026-02-01") == subject.case(found, on="2026-02-01")


@pytest.mark.parametrize("unit", ["a", "mo", "10*9/L", "mL/min/{1.73_m2}", "%", "1", "", "[in_i]"])
@pytest.mark.parametrize("value", ["0", "1", "2.5"])
def test_every_shown_value_reads_back(unit: str, value: str) -> None:
    fact = Fact("x", "X", "number", range=Interval(Fraction(0), Fraction(9)), unit=unit)
    shown = shown_value(fact, Fraction(value))
    assert read_value(fact, shown).value == Fraction(value)


def test_model_of_another_pathway_is_refused() -> None:
    other = make_model("other", (Fact("adult", "Adult", "yes/no"),), {})
    with pytest.raises(TypeError):
        pathway().case(other.model_validate({"adult": True}))


def test_expiry_is_judged_when_the_case_is_made() -> None:
    subject = pathway()
    found = subject.model.model_validate({"fever": {"value": True, "taken": "2026-01-31"}})
    assert subject.case(found, on="2026-01-31").values == {"fever": True}
    assert subject.case(found, on="2026-02-01").expired == (("fever", "2026-01-31"),)
    with pytest.raises(CaseError):
        subject.case(found, on="today")


@pytest.mark.parametrize(
    "name",
    ["json", "copy", "schema", "model_config", "fact_x", "_private", "class", "größe", "None"],
)
def test_every_name_of_a_fact_works(name: str) -> None:
    fact = Fact(name, "Strange", "choice", (Choice("a", "A"),))
    found = make_model("strange", (fact,), {}).model_validate({name: "a"})
    assert getattr(found, field_name(name)).value == "a"
    assert found.model_dump() == {name: "a"}


def test_schema_describes_each_fact() -> None:
    properties = pathway().json_schema()["properties"]
    assert isinstance(properties, dict)
    bilirubin = properties["bilirubin"]
    assert bilirubin["title"] == "Bilirubin"
    assert bilirubin["description"] == (
        "How high is bilirubin? It goes from 0..30 mg/dL in steps of 0.1."
    )
    assert bilirubin["anyOf"][0] == {"type": "number", "minimum": 0, "maximum": 30}
    assert (bilirubin["x-unit"], bilirubin["x-step"]) == ("mg/dL", "0.1")
    assert bilirubin["x-codes"] == [
        {"system": "LOINC", "code": "1975-2", "display": "Bilirubin total"}
    ]
    assert bilirubin["x-labels"] == {"de": "Bilirubin im Serum"}
    assert bilirubin["x-valid-days"] == 28
    assert bilirubin["examples"] == ["0.8 mg/dL"]
    assert properties["age"]["anyOf"][0] == {
        "type": "integer",
        "minimum": 18,
        "exclusiveMaximum": 120,
    }
    assert {"const": "spot", "title": "one spot"} in properties["scan"]["anyOf"]
    assert properties["fever"]["x-may-be-unknown"] is True
    assert "x-may-be-unknown" not in properties["adult"]


def test_schema_names_pathway_and_version() -> None:
    schema = pathway().json_schema()
    assert schema["title"] == "A small pathway"
    assert schema["description"] == "A case of small, version 1.2.0."
    assert schema["x-source-hash"] == "0" * 64
    assert json.loads(json.dumps(schema)) == schema
