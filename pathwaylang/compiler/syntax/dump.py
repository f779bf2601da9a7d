"""The syntax tree as readable text, one node per line, for `pathwaylang dump syntax`.

Places are left out, as they are outside equality: two files that say the same print the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from fractions import Fraction

from pathwaylang.compiler.syntax.nodes import File, Name, Quantity, Reference, Text, Truth, Unknown


def dump_syntax(file: File) -> str:
    """Return the tree of a file as an indented list that ends in a line end."""
    lines = list(_node("", file.head, 0)) if file.head is not None else ["no head"]
    for item in file.items:
        lines.extend(_node("", item, 0))
    lines.extend(f"comment {comment.text}" for comment in file.comments)
    return "\n".join(lines) + "\n"


def _leaf(value: object) -> str | None:
    """Return a value that fits into one word or two, else None."""
    match value:
        case Name():
            return value.text
        case Text():
            return f'"{value.value}"'
        case Quantity():
            return value.digits + (f" {value.unit.text}" if value.unit else "")
        case Reference():
            return ".".join(part.text for part in value.parts)
        case Truth():
            return "yes" if value.value else "no"
        case Unknown():
            return "unknown"
        case bool():
            return "yes" if value else "no"
        case str() | int() | Fraction():
            return str(value)
        case None | ():
            return ""
        case _:
            return None


def _node(label: str, value: object, depth: int) -> Iterator[str]:
    """Yield the lines of a value: what is short beside its heading, the rest below it."""
    indent = "  " * depth
    leaf = _leaf(value)
    if leaf is not None:
        yield f"{indent}{label}{leaf}".replace("\n", f"\n{indent}  ")
    elif isinstance(value, tuple):
        leaves = [_leaf(part) for part in value]
        if all(part is not None for part in leaves):
            yield f"{indent}{label}{', '.join(part for part in leaves if part)}"
            return
        yield f"{indent}{label.rstrip(' =')}"
        for part in value:
            yield from _node("", part, depth + 1)
    elif is_dataclass(value) and not isinstance(value, type):
        yield f"{indent}{label}{type(value).__name__}"
        for item in fields(value):
            found: object = getattr(value, item.name)
            if item.compare and item.name != "span" and found not in (None, ()):
                yield from _node(f"{item.name} = ", found, depth + 1)
