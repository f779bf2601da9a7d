"""Write an artifact as JSON, and read one back, whoever made it.

Out: JSON text, the same from run to run, without places in the source. In: bytes or text of any
origin. `read_artifact` gives an `Artifact` that is whole and fits together, or `ArtifactError` with
one line; never another exception, and never code that runs.

Invariants: a newer schema is refused; a name that stands twice in an object, NaN, and nesting
beyond `MOST_DEPTH` are refused before anything is built; what comes out passes `check_artifact`.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, NoReturn

from pathwaylang.ir.compiled import (
    LANGUAGE_VERSION,
    SCHEMA_MAJOR,
    SCHEMA_MINOR,
    SCHEMA_VERSION,
    Artifact,
    ArtifactError,
    DiagramTable,
    FormulaVariable,
    Leaf,
    LeafEnd,
    LeafWord,
)
from pathwaylang.ir.exact import read_exact
from pathwaylang.ir.facts import UNKNOWN, Fact, Value
from pathwaylang.ir.graph import DecisionGraph
from pathwaylang.ir.integrity import check_artifact
from pathwaylang.ir.later import Later

if TYPE_CHECKING:
    import pydantic
else:
    pydantic = Later("pydantic")

__all__ = [
    "LANGUAGE_VERSION",
    "MOST_BYTES",
    "SCHEMA_MAJOR",
    "SCHEMA_VERSION",
    "Artifact",
    "ArtifactError",
    "DiagramTable",
    "FormulaVariable",
    "Leaf",
    "LeafEnd",
    "LeafWord",
    "dump_artifact",
    "read_artifact",
]

MOST_BYTES = 64 * 1024 * 1024
MOST_DEPTH = 200

_VERSION = re.compile(r"(\d{1,6})\.(\d{1,6})\Z", re.ASCII)
_BRACKETS = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"|[\[{]+|[\]}]+', re.DOTALL)
_SHOWN_PLACES = 6


@cache
def _adapter() -> pydantic.TypeAdapter[Artifact]:
    return pydantic.TypeAdapter(Artifact)


# ------------------------------------------------------------ writing


def dump_artifact(artifact: Artifact) -> str:
    """Return the artifact as JSON text, stable from run to run."""
    data = _adapter().dump_python(artifact, mode="json", exclude_defaults=False)
    return json.dumps(_lean(data), ensure_ascii=False, separators=(",", ":")) + "\n"


def _lean(data: object) -> object:
    """Drop what the runtime never reads: places in the source, and fields that hold nothing."""
    if isinstance(data, dict):
        return {key: _lean(value) for key, value in data.items() if not _is_dropped(key, value)}
    if isinstance(data, list):
        return [_lean(item) for item in data]
    return data


def _is_dropped(key: str, value: object) -> bool:
    if key.endswith("span") or key in _OF_THE_SOURCE:
        return True
    # Not `in (…)`: a zero equals False, but `valid for 0 days` and `usually no` say something.
    is_empty = value is None or value in ("", []) or (value is False and key != "usually")
    return is_empty and key in _OPTIONAL


_OF_THE_SOURCE = frozenset(("waivers", "reviews"))
_OPTIONAL = frozenset(
    (
        *("note", "notes", "opinions", "cites", "because", "basis", "labels", "codes", "text"),
        *("strength", "evidence", "asked_when", "valid_days", "bridges", "url", "read_on", "file"),
        *("quote", "background", "does", "columns", "obtains", "avoid", "do", "reassess", "group"),
        *("ask", "usually", "unit", "range", "step", "whole", "in_order", "unknown_means_no"),
        *("may_be_unknown", "choices", "review_by", "approved", "grading", "applies"),
        *("applies_text", "target", "groups", "cuts", "base", "changes"),
    )
)


# ------------------------------------------------------------ reading


def read_artifact(data: bytes | str) -> Artifact:
    """Return the artifact that a JSON text holds; raise `ArtifactError` if it is no good one."""
    if len(data) > MOST_BYTES:
        raise ArtifactError(f"the artifact is larger than {MOST_BYTES // 2**20} MB")
    plain = _parse(data)
    is_newer = _check_version(plain)
    try:
        artifact = _adapter().validate_python(plain)
    except pydantic.ValidationError as error:
        if is_newer:
            raise ArtifactError(_too_new(plain)) from None
        raise ArtifactError(f"the artifact is damaged: {_first_problem(error)}") from None
    artifact = replace(artifact, graph=_with_values(artifact.graph))
    check_artifact(artifact)
    return artifact


def _parse(data: bytes | str) -> object:
    try:
        text = data.decode("utf-8") if isinstance(data, bytes) else data
        _check_depth(text)
        return json.loads(text, object_pairs_hook=_unique, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise ArtifactError(f"the artifact is not JSON: {error}") from None


def _check_depth(text: str) -> None:
    """Refuse nesting so deep that reading it could exhaust the stack."""
    depth = 0
    for match in _BRACKETS.finditer(text):
        first = text[match.start()]
        if first in "[{":
            depth += match.end() - match.start()
            if depth > MOST_DEPTH:
                raise ArtifactError(f"the artifact is nested more than {MOST_DEPTH} levels deep")
        elif first != '"':
            depth -= match.end() - match.start()


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = Counter(name for name, _ in pairs).most_common(1)[0][0]
        raise ArtifactError(f"the artifact is damaged: `{twice[:60]}` stands twice in one object")
    return found


def _refuse_constant(word: str) -> NoReturn:
    raise ArtifactError(f"the artifact is not JSON: `{word}` is no value")


def _check_version(plain: object) -> bool:
    """Refuse a newer major version; return whether the minor version is newer than ours."""
    version = plain.get("schema_version") if isinstance(plain, dict) else None
    match = _VERSION.match(version) if isinstance(version, str) else None
    if match is None:
        raise ArtifactError("this is not a pathway artifact: it names no schema version")
    if int(match[1]) > SCHEMA_MAJOR:
        raise ArtifactError(_too_new(plain))
    if int(match[1]) < SCHEMA_MAJOR:
        raise ArtifactError(f"the artifact has schema {version}: compile the pathway again")
    return int(match[2]) > SCHEMA_MINOR


def _too_new(plain: object) -> str:
    version = plain["schema_version"] if isinstance(plain, dict) else ""
    return (
        f"the artifact has schema {version}, this program reads up to {SCHEMA_VERSION}: "
        "update pathwaylang"
    )


def _first_problem(error: pydantic.ValidationError) -> str:
    first = error.errors(include_url=False, include_input=False, include_context=False)[0]
    where = ".".join(str(part)[:60] for part in first["loc"][:_SHOWN_PLACES])
    return f"{where}: {first['msg'].lower()}"


def _with_values(graph: DecisionGraph) -> DecisionGraph:
    """Turn the texts of numbers in `usually` and `given` back into numbers: JSON has no such."""
    facts = {fact.name: fact for fact in graph.facts}
    settled = tuple(
        replace(fact, usually=_value(fact, fact.usually)) if fact.usually is not None else fact
        for fact in graph.facts
    )
    examples = tuple(
        replace(
            example,
            given=tuple((name, _value(facts.get(name), value)) for name, value in example.given),
        )
        for example in graph.examples
    )
    return replace(graph, facts=settled, examples=examples)


def _value(fact: Fact | None, value: Value) -> Value:
    if fact is None or fact.fact_kind != "number" or value == UNKNOWN:
        return value
    try:
        return read_exact(value)
    except ValueError:
        raise ArtifactError(f"the artifact is damaged: {fact.name} has no such value") from None
