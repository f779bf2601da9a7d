"""An artifact with places replaced at random is refused, or loads and answers; nothing else."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Callable, Iterator
from typing import cast

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pathwaylang.runtime import ArtifactError, loads
from tests.runtime.damage import Json, Place, at, plain


def places(data: object, path: Place = ()) -> Iterator[Place]:
    if path:
        yield path
    if isinstance(data, dict):
        for key, value in data.items():
            yield from places(value, (*path, key))
    elif isinstance(data, list):
        for index, item in enumerate(data):
            yield from places(item, (*path, index))


PLACES = sorted(places(plain()), key=lambda path: tuple(map(str, path)))
JUNK: tuple[object, ...] = (
    None, True, False, 0, 1, -1, 7, 10**30, 1.5, "", "x", "unknown", "start", "adult", "size",
    "1/3", [], {}, [[]], [1, 0], {"kind": "holds", "name": "pain"}, {"kind": "not"},
)  # fmt: skip


@settings(
    max_examples=200,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(st.data())
def test_mutated_artifact_is_refused_or_works(data: st.DataObject) -> None:
    """One to three places replaced, removed, repeated or exchanged."""
    found = plain()
    for _ in range(data.draw(st.integers(1, 3))):
        mutate(found, data.draw)
    text = json.dumps(found)
    try:
        subject = loads(text)
    except ArtifactError as error:
        assert "\n" not in str(error)
        return
    rng = random.Random(len(text))
    for _ in range(5):
        case = {
            fact.name: fact.usually if fact.usually is not None else "yes"
            for fact in subject.facts
            if fact.fact_kind != "number" and rng.random() < 0.5
        }
        case = {name: value for name, value in case.items() if accepts(subject.case, name, value)}
        for stage in subject.stages:
            answer = subject.evaluate(case, stage)
            assert all(entry.outcome or entry.requests or entry.reason for entry in answer.tracks)
            answer.to_json()
        subject.next_question(case)
    subject.json_schema()


def accepts(case: Callable[[dict[str, object]], object], name: str, value: object) -> bool:
    try:
        case({name: value})
    except ValueError:
        return False
    return True


def mutate(found: Json, draw: Callable[[st.SearchStrategy[object]], object]) -> None:
    path = cast("Place", draw(st.sampled_from(PLACES)))
    try:
        parent = at(found, *path[:-1])
        old = parent[path[-1]]  # type: ignore[index]
    except (KeyError, IndexError, TypeError):
        return
    match draw(st.sampled_from(("junk", "remove", "repeat", "exchange"))):
        case "junk":
            parent[path[-1]] = draw(st.sampled_from(JUNK))  # type: ignore[index]
        case "remove":
            del parent[path[-1]]  # type: ignore[attr-defined]
        case "repeat" if isinstance(parent, list):
            parent.append(copy.deepcopy(old))
        case _:
            other = cast("Place", draw(st.sampled_from(PLACES)))
            try:
                parent[path[-1]] = copy.deepcopy(at(found, *other))  # type: ignore[index]
            except (KeyError, IndexError, TypeError):
                return
