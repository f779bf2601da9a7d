"""Labels as plain text: what may reach a chart, and how long it may get.

In comes any text an author wrote, out comes one line of visible text. Control characters, marks
that turn the reading direction, lone surrogates and other invisible characters are written out as
`<U+202E>`, as everywhere in the project, so that a label can neither break the notation it stands
in nor reorder the text beside it. Escaping is the business of the writers and comes after this.

Source of the last two hazards: XML 1.0, section 2.2, which allows no U+FFFE and no U+FFFF.
"""

from __future__ import annotations

import textwrap

from pathwaylang.diagnostics.visible import columns, visible

_NOT_XML = {0xFFFE: "<U+FFFE>", 0xFFFF: "<U+FFFF>"}
LONGEST_LABEL = 600


def plain(text: str) -> str:
    r"""Return a label as one line of visible text.

    >>> plain("two\n lines\t" + chr(0x202E) + "and a turn")
    'two lines <U+202E>and a turn'
    """
    return visible(" ".join(text.split())).translate(_NOT_XML)


def clip(text: str, longest: int = LONGEST_LABEL) -> str:
    """Return the plain text, cut to a length with an ellipsis.

    >>> clip("radioembolisation", 8)
    'radioem…'
    """
    line = plain(text)
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"


def wrap(text: str, width: int, longest: int = LONGEST_LABEL) -> tuple[str, ...]:
    """Return the plain text in lines of at most `width` characters; never without a line.

    >>> wrap("Liver resection (hepatectomy)", 16)
    ('Liver resection', '(hepatectomy)')
    """
    line = clip(text, longest)
    narrow = width * len(line) // max(columns(line), 1)
    lines = textwrap.wrap(line, max(narrow, 4), break_on_hyphens=False)
    return tuple(lines) or (" ",)


def listed(words: tuple[str, ...], join: str = "or") -> str:
    """Return words as a list in a sentence.

    >>> listed(("good", "borderline", "poor"))
    'good, borderline or poor'
    """
    if len(words) < 2:  # noqa: PLR2004 - one word needs no joining
        return "".join(words)
    return f"{', '.join(words[:-1])} {join} {words[-1]}"


def counted(count: int, word: str) -> str:
    """Return a count with its word, in the plural where it is not one.

    >>> counted(1, "row"), counted(25, "row")
    ('1 row', '25 rows')
    """
    return f"{count} {word}" if count == 1 else f"{count} {word}s"
