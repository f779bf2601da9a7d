"""The value of a triple-quoted text: the prose without the indentation that the file gives it.

Blank lines at both ends go, the indentation common to all lines goes, spaces at line ends go. The
printer indents the value afresh, and reading that gives the same value again.
"""

from __future__ import annotations

_BLANKS = " \t\r"


def block_value(raw: str) -> str:
    r'''Return the text between the marks of a block.

    >>> block_value('"""\n    Prose over\n      two lines.\n    """')
    'Prose over\n  two lines.'
    '''
    first, *rest = (line.rstrip(_BLANKS) for line in raw[3:-3].split("\n"))
    depth = _common_margin([line for line in rest if line])
    lines = [first.lstrip(_BLANKS), *(line[depth:] for line in rest)]
    while lines and not lines[0]:
        del lines[0]
    while lines and not lines[-1]:
        del lines[-1]
    return "\n".join(lines)


def _common_margin(lines: list[str]) -> int:
    """Return how many blanks all lines start with, the same ones in the same order."""
    margins = (line[: len(line) - len(line.lstrip(_BLANKS))] for line in lines)
    depth = 0
    for column in zip(*margins, strict=False):
        if len(set(column)) > 1:
            break
        depth += 1
    return depth
