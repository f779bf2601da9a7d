"""Make damaged artifacts, and say how they are refused."""

from __future__ import annotations

import copy
import json
from typing import cast

import pytest

from pathwaylang.runtime import ArtifactError, loads
from tests.runtime.small import artifact_json

Json = dict[str, object]
Place = tuple[str | int, ...]


def plain() -> Json:
    return cast("Json", json.loads(artifact_json()))


def refusal(data: object) -> str:
    text = data if isinstance(data, bytes | str) else json.dumps(data)
    with pytest.raises(ArtifactError) as caught:
        loads(text)
    message = str(caught.value)
    assert "\n" not in message
    assert len(message) < 400
    return message


def at(data: object, *path: str | int) -> object:
    for part in path:
        data = data[part]  # type: ignore[index]
    return data


def put(data: object, value: object, *path: str | int) -> Json:
    """A copy of an artifact with one place changed."""
    changed = copy.deepcopy(data)
    at(changed, *path[:-1])[path[-1]] = value  # type: ignore[index]
    return cast("Json", changed)
