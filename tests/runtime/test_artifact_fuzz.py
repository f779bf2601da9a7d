"""A damaged artifact is refused, or loads and answers; a case of any shape likewise."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Callable, Iterator, Sequence
from typing import Protocol, TypeVar

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pathwaylang.runtime import ArtifactError, CaseError, loads
from tests.runtime.damage import Json, Place, at, plain
from tests.runtime.small import artifact_json, pathway

T = TypeVar("T")


class Choose(Protocol):
    """Picks one of several: by Hypothesis, or at random from a seed."""

    def __call__(self, items: Sequence[T], /) -> T: ...


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
    """One to three places replaced, removed, repeated or exchanged; Hypothesis shrinks a find."""

    def choose(items: Sequence[T]) -> T:
        return data.draw(st.sampled_from(items))

    is_refused_or_works(mutated(choose, data.draw(st.integers(1, 3))))


@pytest.mark.parametrize("chunk", range(10))
def test_random_damage_is_refused_or_works(chunk: int, pytestconfig: pytest.Config) -> None:
    """6,000 inputs, 100,000 in the long run: places changed, bytes changed, cases of any shape."""
    for number in range(10_000 if pytestconfig.getoption("--long") else 600):
        rng = random.Random(f"{chunk}.{number}")
        match number % 3:
            case 0:
                is_refused_or_works(mutated(rng.choice, rng.randint(1, 3)))
            case 1:
                is_refused_or_works(with_other_bytes(rng))
            case _:
                case_is_refused_or_answered(rng)


def is_refused_or_works(text: str | bytes) -> None:
    try:
        subject = loads(text)
    except ArtifactError as error:
        assert "\n" not in str(error)
        return
    rng = random.Random(len(text))
    for _ in range(3):
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


def with_other_bytes(rng: random.Random) -> bytes:
    """The artifact with some bytes changed, lost or repeated, or cut off."""
    data = bytearray(artifact_json().encode())
    for _ in range(rng.randint(1, 4)):
        at_ = rng.randrange(len(data))
        match rng.randrange(4):
            case 0:
                data[at_] = rng.randrange(256)
            case 1:
                del data[at_ : at_ + rng.randint(1, 50)]
            case 2:
                data[at_:at_] = data[at_ : at_ + rng.randint(1, 50)]
            case _:
                digits = [i for i, byte in enumerate(data) if chr(byte).isdigit()]
                data[rng.choice(digits)] = rng.choice(b"0123456789")
    return bytes(data[: rng.randrange(len(data))] if rng.random() < 0.1 else data)


def case_is_refused_or_answered(rng: random.Random) -> None:
    """A case of any shape: what is wrong is told by fact; the model judges alike."""
    subject = pathway()
    names = [fact.name for fact in subject.facts]
    given = {rng.choice(names): any_value(rng) for _ in range(rng.randint(0, len(names)))}
    if rng.random() < 0.1:
        given[rng.choice(("", "sise", "__class__", "model_fields", "adult "))] = any_value(rng)
    on = rng.choice((None, None, "2026-11-24", "yesterday"))
    try:
        case = subject.case(given, on=on)
    except CaseError as error:
        assert error.problems
        assert {problem.fact for problem in error.problems} <= {*given, "on"}
        assert all(problem.message for problem in error.problems)
        return
    finally:
        if on is None:
            assert accepts(subject.model.model_validate, *one(given)) == accepts(
                subject.case, *one(given)
            )
    answer = subject.evaluate(case)
    assert all(entry.outcome or entry.requests or entry.reason for entry in answer.tracks)
    item = subject.next_question(case)
    assert item is None or not set(item.facts) <= set(case.values)
    json.loads(answer.to_json())


def one(given: dict[str, object]) -> tuple[str, object]:
    return next(iter(given.items()), ("adult", True))


def any_value(rng: random.Random) -> object:
    plain_values: tuple[object, ...] = (
        True, False, None, "yes", "no", "unknown", "spot", "clear", 0, 1, 2.5, 40, -1, "3 cm",
        "17.1 umol/L", "1 mg/dL", "64 a", "0.1", 10**25, float("nan"), float("inf"), 1e300, "",
        "3 kg", "١", "1e5", "1_0", "\u202e1", "9" * 5000, "__import__('os')", [], {}, [1],
    )  # fmt: skip
    value = rng.choice(plain_values)
    if rng.random() < 0.25:
        forms: tuple[object, ...] = (
            {"value": value},
            {"value": value, "unit": rng.choice(("cm", "mg/dL", "", "kg", 7))},
            {"value": value, "taken": rng.choice(("2026-11-20", "2026-02-30", 5, "soon"))},
            {"value": value, "day": "2026-11-20"},
        )
        return rng.choice(forms)
    return value


def mutated(choose: Choose, times: int) -> str:
    found = plain()
    for _ in range(times):
        mutate(found, choose)
    return json.dumps(found)


def mutate(found: Json, choose: Choose) -> None:
    path = choose(PLACES)
    try:
        parent = at(found, *path[:-1])
        old = parent[path[-1]]  # type: ignore[index]
    except (KeyError, IndexError, TypeError):
        return
    if not isinstance(parent, dict | list):
        return
    match choose(("junk", "remove", "repeat", "exchange")):
        case "junk":
            parent[path[-1]] = choose(JUNK)  # type: ignore[index]
        case "remove":
            del parent[path[-1]]  # type: ignore[attr-defined]
        case "repeat" if isinstance(parent, list):
            parent.append(copy.deepcopy(old))
        case _:
            try:
                parent[path[-1]] = copy.deepcopy(at(found, *choose(PLACES)))  # type: ignore[index]
            except (KeyError, IndexError, TypeError):
                return
