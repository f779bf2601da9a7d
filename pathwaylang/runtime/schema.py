"""JSON Schemas: of one fact, for what an app may send; and of an answer, for what comes back.

Of a fact comes a JSON Schema (2020-12) for every form in which its value may be given: plain, with
a unit, with the day it was taken, or null. What JSON Schema has no word for stands in `x-…`: unit,
step, codes, group, labels, days of validity.

The schema never refuses what the runtime reads in these forms; the runtime is stricter: it knows
units, and steps that are no whole number (binary numbers divide badly by 0.1).
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from pathwaylang.ir.exact import write_exact
from pathwaylang.ir.facts import UNKNOWN, Fact, shown_value
from pathwaylang.ir.later import Later
from pathwaylang.runtime.answer import AnswerJson
from pathwaylang.runtime.read import allowed

if TYPE_CHECKING:
    import pydantic
else:
    pydantic = Later("pydantic")

Schema = dict[str, object]

QUANTITY = r"^\s*[+-]?\d+(\.\d+)?([eE][+-]?\d+)?(\s*\S.*)?$"
"""A number as text, perhaps with a unit: `51`, `51 umol/L`."""


def fact_schema(fact: Fact) -> Schema:
    """Return the JSON Schema of a fact's values."""
    forms = _plain_forms(fact)
    if fact.may_be_unknown:
        forms.append({"const": UNKNOWN, "title": "cannot be known"})
    words = allowed(fact)
    about = [fact.ask, f"{words[0].upper()}{words[1:]}."]
    found: Schema = {
        "title": fact.label,
        "description": " ".join(text for text in about if text),
        "anyOf": [*forms, _object_form(fact, forms), {"type": "null", "title": "not recorded"}],
        "default": None,
    }
    if fact.usually is not None:
        found["examples"] = [shown_value(fact, fact.usually)]
    return found | _extras(fact)


def answer_schema() -> Schema:
    """Return the JSON Schema of an answer's JSON, the same for all pathways.

    A field that does not apply is empty or null, never absent; later versions may add fields.
    """
    form = pydantic.TypeAdapter(AnswerJson).json_schema(mode="serialization")
    for part in (form, *form["$defs"].values()):
        part["required"] = list(part["properties"])
        for item in part["properties"].values():
            item.pop("default", None)
    title = "Answer of a pathway"
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **form, "title": title}


def _plain_forms(fact: Fact) -> list[Schema]:
    match fact.fact_kind:
        case "yes/no":
            return [{"type": "boolean"}, {"enum": ["yes", "no"]}]
        case "choice":
            return [{"const": choice.name, "title": choice.label} for choice in fact.choices]
        case "number":
            return [_number_form(fact), {"type": "string", "pattern": QUANTITY}]


def _number_form(fact: Fact) -> Schema:
    assert fact.range is not None and fact.range.low is not None and fact.range.high is not None
    low, high, step = fact.range.low, fact.range.high, fact.step
    is_whole = step is not None and step.denominator == 1 and (low / step).denominator == 1
    form: Schema = {"type": "integer" if is_whole else "number"}
    form["minimum" if fact.range.low_closed else "exclusiveMinimum"] = _number(low)
    form["maximum" if fact.range.high_closed else "exclusiveMaximum"] = _number(high)
    if is_whole and step is not None and step != 1:
        form["multipleOf"] = _number(step)
    return form


def _number(value: Fraction) -> int | float:
    return value.numerator if value.denominator == 1 else float(value)


def _object_form(fact: Fact, forms: list[Schema]) -> Schema:
    """Return the form with a unit, or with the day on which the value was taken."""
    value: Schema = {"anyOf": forms}
    properties: Schema = {"value": value, "taken": {"type": "string", "format": "date"}}
    required: Schema = {"required": ["value", "taken"]}
    if fact.fact_kind == "number":
        # With a unit, the number has bounds of its own.
        properties |= {"value": {"type": ["number", "string"]}, "unit": {"type": "string"}}
        required = {"anyOf": [{"required": ["value", "unit"]}, required]}
    return {
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
        **required,
    }


def _extras(fact: Fact) -> Schema:
    codes = [
        {"system": code.system, "code": code.code, "display": code.display} for code in fact.codes
    ]
    extras: Schema = {
        "x-kind": fact.fact_kind,
        "x-unit": fact.unit,
        "x-step": write_exact(fact.step) if fact.step is not None else "",
        "x-codes": codes,
        "x-group": fact.group,
        "x-labels": dict(fact.labels),
        "x-valid-days": fact.valid_days,
        "x-may-be-unknown": fact.may_be_unknown or None,
    }
    return {key: value for key, value in extras.items() if value not in ("", None, [], {})}
