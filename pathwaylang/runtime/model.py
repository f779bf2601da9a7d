"""The pydantic model of a pathway's input, made from its facts.

In: the facts and the constants of a pathway. Out: a model with one optional field per fact, for
apps that take patients from outside (a web framework gets validation and JSON Schema from it). A
field holds a `Recorded`, or None where the fact is not recorded; other fields are refused.

Invariant: a field accepts exactly what `Pathway.case` accepts for that fact, by the same code.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Annotated

from pathwaylang.ir.cells import Cut
from pathwaylang.ir.facts import Fact, shown_value
from pathwaylang.ir.later import Later
from pathwaylang.runtime.case import Recorded, read_recorded
from pathwaylang.runtime.schema import fact_schema

if TYPE_CHECKING:
    import pydantic
else:
    pydantic = Later("pydantic")

FACTS = "pathway_facts"
"""The attribute of a model that holds the facts it was made for."""

_TAKEN = ("_", "fact_", "model_")


def make_model(
    name: str, facts: tuple[Fact, ...], constants: Mapping[str, tuple[Cut, ...]]
) -> type[pydantic.BaseModel]:
    """Return the model of a pathway's input; JSON names are the names of the facts."""
    fields = {field_name(fact.name): _field(fact, constants.get(fact.name, ())) for fact in facts}
    config = pydantic.ConfigDict(
        title=name, strict=True, extra="forbid", frozen=True, serialize_by_alias=True
    )
    # Names are only ever dictionary keys here; no text of a pathway becomes code.
    model: type[pydantic.BaseModel] = pydantic.create_model(  # type: ignore[call-overload]
        "Case", __config__=config, __module__=__name__, **fields
    )
    setattr(model, FACTS, facts)
    return model


def field_name(fact: str) -> str:
    """Return the attribute of a fact: its name, or `fact_…` where pydantic needs that name.

    >>> field_name("ecog"), field_name("json"), field_name("_x")
    ('ecog', 'fact_json', 'fact__x')
    """
    is_taken = fact.startswith(_TAKEN) or fact == FACTS or hasattr(pydantic.BaseModel, fact)
    return f"fact_{fact}" if is_taken else fact


def recorded_of(case: pydantic.BaseModel, facts: tuple[Fact, ...]) -> dict[str, Recorded]:
    """Return what a model's instance records; TypeError where it was made for other facts."""
    if getattr(type(case), FACTS, None) != facts:
        raise TypeError("this is not an input of this pathway: use `pathway.model`")
    values = ((fact.name, getattr(case, field_name(fact.name))) for fact in facts)
    return {name: value for name, value in values if isinstance(value, Recorded)}


def _field(fact: Fact, constants: tuple[Cut, ...]) -> tuple[object, object]:
    kind = Annotated[
        Recorded | None,
        pydantic.PlainValidator(partial(_read, fact, constants)),
        pydantic.PlainSerializer(partial(_write, fact)),
        pydantic.WithJsonSchema(fact_schema(fact)),
    ]
    return kind, pydantic.Field(default=None, alias=fact.name)


def _read(fact: Fact, constants: tuple[Cut, ...], raw: object) -> Recorded | None:
    if raw is None or isinstance(raw, Recorded):
        return raw
    return read_recorded(fact, raw, constants)


def _write(fact: Fact, recorded: Recorded | None) -> object:
    """Return a value so that reading it gives the same again."""
    if recorded is None:
        return None
    shown = shown_value(fact, recorded.value)
    return shown if recorded.taken is None else {"value": shown, "taken": str(recorded.taken)}
