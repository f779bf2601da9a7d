"""Dataclasses as JSON and back, by their annotations: the form in which results are kept.

A frozen dataclass of texts, numbers, tuples and further dataclasses goes in, plain JSON data comes
out; back again each value is checked against its annotation. Nothing is ever executed.

INVARIANT: `from_plain(type(x), to_plain(x)) == x`; data of another shape raise ValueError.
"""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import TypeVar, get_args, get_origin, get_type_hints

Data = TypeVar("Data")


def to_plain(value: object) -> object:
    """Return a value as lists, texts, numbers and null."""
    if isinstance(value, tuple):
        return [to_plain(item) for item in value]
    if is_dataclass(value):
        return [to_plain(getattr(value, field.name)) for field in fields(value) if field.init]
    return str(value) if isinstance(value, StrEnum) else value


def from_plain(kind: type[Data], data: object) -> Data:
    """Return the dataclass that was written; raises ValueError."""
    made = _read(kind, data)
    assert isinstance(made, kind)
    return made


@cache
def _kept(kind: type) -> dict[str, object]:
    """Return the fields that make a value, with their annotations."""
    if not is_dataclass(kind):
        raise TypeError(f"{kind} is no dataclass")
    hints = get_type_hints(kind)
    return {field.name: hints[field.name] for field in fields(kind) if field.init}


def _read(kind: object, data: object) -> object:
    origin = get_origin(kind)
    if origin is tuple:
        return _read_tuple(get_args(kind), data)
    if origin is UnionType or isinstance(kind, UnionType):
        return _read_union(get_args(kind), data)
    if not isinstance(kind, type):
        raise ValueError(f"{kind} cannot be read")
    if is_dataclass(kind):
        kept = _kept(kind)
        values = _items(data, len(kept))
        pairs = zip(kept.items(), values, strict=True)
        return kind(**{name: _read(hint, value) for (name, hint), value in pairs})
    if issubclass(kind, StrEnum) and isinstance(data, str):
        return kind(data)
    return _read_scalar(kind, data)


def _read_scalar(kind: type, data: object) -> object:
    if kind is float and type(data) is int:
        return float(data)
    if type(data) is not kind:
        raise ValueError(f"{type(data).__name__} instead of {kind.__name__}")
    return data


def _read_tuple(kinds: tuple[object, ...], data: object) -> object:
    if len(kinds) == 2 and kinds[1] is Ellipsis:  # noqa: PLR2004 - `tuple[X, ...]`
        return tuple(_read(kinds[0], item) for item in _items(data, None))
    values = _items(data, len(kinds))
    return tuple(_read(kind, item) for kind, item in zip(kinds, values, strict=True))


def _read_union(kinds: tuple[object, ...], data: object) -> object:
    """Read one of several: scalars by their own type, else the one dataclass or tuple."""
    for kind in kinds:
        if kind is NoneType and data is None:
            return None
        if isinstance(kind, type) and type(data) is kind:
            return data
    rest = [kind for kind in kinds if kind not in (NoneType, str, int, bool)]
    if len(rest) != 1:
        raise ValueError(f"{type(data).__name__} is none of {kinds}")
    return _read(rest[0], data)


def _items(data: object, count: int | None) -> list[object]:
    if not isinstance(data, list) or (count is not None and len(data) != count):
        raise ValueError("a list of another length")
    return data
