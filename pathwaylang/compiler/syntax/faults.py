"""The findings of the scanner (PW01xx, and symbols that the language writes as words).

Each function takes the place and returns one finding; what the scanner does next is not decided
here. Wording follows messages.md: one lower-case line, then an edit that works.
"""

from __future__ import annotations

import unicodedata
from dataclasses import replace

from pathwaylang.diagnostics import Diagnostic, Label, Span, finding

MAX_LEVELS = 100
"""Deepest nesting of brackets, and of bullets."""

MAX_DIGITS = 100
"""Longest number."""

MAX_LEXEMES = 1_000_000
"""Longest item, in words and signs."""

MAX_LINE = 50_000
"""Longest line, in characters."""


def tab(span: Span, is_indentation: bool) -> Diagnostic:
    """PW0101: a tab."""
    where = "this line is indented with a tab" if is_indentation else "a tab between two words"
    return finding(
        "PW0101",
        where,
        Label(span, "a tab"),
        help="use two spaces per level; `pathwaylang fmt` repairs the whole file.",
    )


def odd_opening(first: Span, span: Span, odd: int, width: int) -> Diagnostic:
    """PW0102: the first line of a block is indented by more than the lines beside it."""
    return finding(
        "PW0102",
        f"this line is indented by {odd}, a line below it by {width}",
        Label(first, f"indented by {odd}"),
        Label(span, f"indented by {width}"),
        help=f"indent it by {width}, and the lines that stand beside it.",
    )


def indentation(span: Span, width: int, levels: tuple[int, ...]) -> Diagnostic:
    """PW0102: a line that stands between two open levels."""
    open_levels = " and ".join(str(level) for level in levels)
    nearest = min(levels, key=lambda level: (abs(level - width), level))
    return finding(
        "PW0102",
        f"this line is indented by {width}, but the open levels are {open_levels}",
        Label(span, f"indented by {width}"),
        help=f"indent it by {nearest}, like the line that it continues or stands beside.",
    )


def outdented(span: Span, word: str) -> Diagnostic:
    """PW0102: a line that describes an item stands in column 1."""
    return finding(
        "PW0102",
        f"`{word}` cannot start an item, so this line must be indented",
        Label(span, "stands in column 1"),
        help="indent the line by two spaces, under the line that it describes.",
    )


def orphan(span: Span, width: int) -> Diagnostic:
    """PW0102: the first line of a file is indented."""
    return finding(
        "PW0102",
        f"this line is indented by {width}, but no line stands above it",
        Label(span, f"indented by {width}"),
        help="start the line in column 1.",
    )


def quotes(span: Span, raw: str, inner: str) -> Diagnostic:
    """PW0103, or PW0106 for single quotes: quotation marks that are not straight double ones."""
    if raw[0] in "'`":
        message = f"a text stands in double quotation marks, not in {raw[0]}"
        return finding("PW0106", message, Label(span), help=f'write "{inner}".')
    return finding(
        "PW0103",
        f"{raw[0]} is a quotation mark of a word processor",
        Label(span),
        help=f'use straight quotation marks: "{inner}".',
    )


def unclosed(span: Span, column: int, is_block: bool) -> Diagnostic:
    """PW0104: a text that never ends."""
    marks = '"""' if is_block else '"'
    return finding(
        "PW0104",
        f"the text that starts in column {column} has no closing {marks}",
        Label(span, "starts here"),
        help='write """ on a line of its own after the last line of the text.'
        if is_block
        else 'a label must end on its own line; for long prose use """…""".',
    )


def bad_escape(span: Span, text: str) -> Diagnostic:
    """PW0106: a backslash before a character that needs none."""
    return finding(
        "PW0106",
        f"`{text}` means nothing in a text",
        Label(span),
        help=f'write `\\{text}` for a backslash; only `\\"` and `\\\\` are known.',
    )


def decimal_comma(span: Span, text: str) -> Diagnostic:
    """PW0105: a decimal comma."""
    whole, _, rest = text.partition(",")
    return finding(
        "PW0105",
        f"`{text}` is a list of {whole} and {rest} here",
        Label(span),
        help=f"write {whole}.{rest} for a number, or `{whole}, {rest}` for two."
        if "." not in rest
        else f"write {whole}{rest} for one number, or `{whole}, {rest}` for two.",
    )


def stray(span: Span, char: str) -> Diagnostic:
    """PW0106: a character that stands for nothing."""
    name = unicodedata.name(char, f"U+{ord(char):04X}").lower()
    shown = f"`{char}`" if char.isprintable() else f"U+{ord(char):04X}"
    help_by_char = {
        ";": "a statement ends at the end of its line: remove the semicolon.",
        "{": "lines that belong together are indented by two spaces, without braces.",
        "}": "lines that belong together are indented by two spaces, without braces.",
        "[": "use round brackets in a condition.",
        "]": "use round brackets in a condition.",
        "%": "a percent sign stands behind its number, as in `20 %`.",
    }
    help_text = help_by_char.get(char, "remove it, or put it into a text in quotation marks.")
    return finding("PW0106", f"{shown} ({name}) means nothing here", Label(span), help=help_text)


def space(span: Span, char: str) -> Diagnostic:
    """PW0106: a space that looks like one and is none."""
    name = unicodedata.name(char, f"U+{ord(char):04X}").lower()
    message = f"this is not a space but U+{ord(char):04X} ({name})"
    return finding(
        "PW0106",
        message,
        Label(span),
        help="use an ordinary space; `pathwaylang fmt` repairs the whole file.",
    )


def symbol(span: Span, written: str, help_text: str) -> Diagnostic:
    """PW0208: a symbol where the language has a word."""
    return finding(
        "PW0208", f"`{written}` is not part of the language", Label(span), help=help_text
    )


def bullet(span: Span, written: str) -> Diagnostic:
    """PW0206: a bullet that starts with another sign."""
    return finding(
        "PW0206",
        f"a criterion starts with `-`, not with `{written}`",
        Label(span),
        help='start the line with "- ".',
    )


def too_deep(span: Span, what: str, limit: int = MAX_LEVELS) -> Diagnostic:
    """PW0210: too many levels."""
    return finding(
        "PW0210",
        f"more than {limit} {what} stand inside one another here",
        Label(span),
        help="name a part of it with `define` and use the name.",
    )


def too_long_number(span: Span) -> Diagnostic:
    """PW0209: a number that no measurement has."""
    message = f"a number has at most {MAX_DIGITS} digits"
    return finding("PW0209", message, Label(span), help="round it.")


def too_long(span: Span, what: str, limit: str) -> Diagnostic:
    """PW0107: an item or a line of the size of a book."""
    message = f"this {what} is too long: it has more than {limit}"
    return finding("PW0107", message, Label(span), help="divide it into several.")


def unreadable(span: Span, message: str, help_text: str) -> Diagnostic:
    """PW0107: a file that cannot be read as a pathway."""
    return finding("PW0107", message, Label(span), help=help_text)


def too_many(diagnostic: Diagnostic) -> Diagnostic:
    """Return the last finding that is told, with a note that the rest was not read."""
    note = "The file was not read behind this place: it has too many mistakes of this kind."
    return replace(diagnostic, notes=(*diagnostic.notes, note))
