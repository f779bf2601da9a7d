"""A union whose members carry a tag, told to pydantic without importing it.

`Annotated[A | B, Tagged("kind")]` is read from JSON by its tag alone: one member is tried, not all.
Without that, conditions nested in conditions would be tried three ways on every level, and a small
hostile file could keep a reader busy for hours.

Invariant: each member is a dataclass whose tag is a field with the tag's text as default.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Protocol, get_args


class _Handler(Protocol):
    """What pydantic hands in to make the schema of a member."""

    def generate_schema(self, source: type, /) -> object: ...


@dataclass(frozen=True, slots=True)
class Tagged:
    """Marks a union as told apart by the field `tag`."""

    tag: str

    def __get_pydantic_core_schema__(self, source: object, handler: _Handler) -> dict[str, object]:
        """Return the schema of a tagged union."""
        choices = {
            self._text(member): handler.generate_schema(member) for member in get_args(source)
        }
        return {"type": "tagged-union", "discriminator": self.tag, "choices": choices}

    def _text(self, member: type) -> object:
        return next(field.default for field in fields(member) if field.name == self.tag)
