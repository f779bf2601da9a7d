"""User text made safe and measurable for one line of output.

Labels, notes and file names come from files that anybody may have written. A text goes in; out
comes the same text with every character that could steer a terminal, hide or reorder text shown as
`<U+202E>`. Widths are counted in terminal columns, so that carets stand under what they mean.

INVARIANT: nothing that `visible` returns moves the cursor, changes a colour or turns the direction
of writing. Joiners inside words (U+200C, U+200D) are kept: some scripts need them.
"""

from __future__ import annotations

import unicodedata

TAB_SHOWN = "→   "
_JOINERS = "\u200c\u200d"
_NO_WIDTH = frozenset(("Mn", "Me", "Cf"))
# Controls, half characters, separators of lines, and all that only formats or turns direction.
_HAZARDS = frozenset(("Cc", "Cs", "Cf", "Zl", "Zp"))


def is_hazard(character: str) -> bool:
    """True for a character that could steer a terminal, hide itself or reorder the text.

    >>> is_hazard(chr(0x1B)), is_hazard(chr(0x202E)), is_hazard("µ")
    (True, True, False)
    """
    if character.isascii():
        return not character.isprintable()
    return unicodedata.category(character) in _HAZARDS and character not in _JOINERS


def visible_character(character: str) -> str:
    """Return one character as it may be printed; a tab becomes an arrow of four columns."""
    if character == "\t":
        return TAB_SHOWN
    return f"<U+{ord(character):04X}>" if is_hazard(character) else character


def visible(text: str) -> str:
    """Return a text as it may be printed on one line.

    >>> visible("a" + chr(0x1B) + "[2J")
    'a<U+001B>[2J'
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(visible_character, text))


def columns(text: str) -> int:
    """Return how many terminal columns a text takes that `visible` has returned.

    >>> columns("肝 liver"), columns("e" + chr(0x301))
    (8, 1)
    """
    if text.isascii():
        return len(text)
    return sum(map(_character_columns, text))


def _character_columns(character: str) -> int:
    if unicodedata.category(character) in _NO_WIDTH:
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def wrapped(text: str, width: int, indent: str, first: str | None = None) -> list[str]:
    """Return the lines of a text: prose broken at spaces, indented lines of it kept as they are.

    `first` stands before the first line, `indent` before the others; both count into the width.
    """
    lines: list[str] = []
    for part in text.split("\n"):
        lead = indent if lines or first is None else first
        if part[:1] == " ":
            lines.append(lead + visible(part))
        else:
            lines.extend(_broken(visible(part), width, lead, indent))
    return lines


def _broken(text: str, width: int, lead: str, indent: str) -> list[str]:
    lines: list[str] = []
    line, used = lead, columns(lead)
    is_empty = True
    for word in text.split(" "):
        size = columns(word)
        if not is_empty and used + 1 + size > width:
            lines.append(line)
            line, used, is_empty = indent, columns(indent), True
        line = line + word if is_empty else f"{line} {word}"
        used += size if is_empty else size + 1
        is_empty = False
    return [kept.rstrip() for kept in (*lines, line)]
