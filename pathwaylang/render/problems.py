"""The one error of this room, and the words for a missing library.

What goes wrong here is the machine's matter: a folder that cannot be written, a library that is not
installed, a font that is missing. The command line shows the text and ends; no traceback.
"""

from __future__ import annotations

DRAW_EXTRA = 'pip install "pathwaylang[draw]"'


class RenderError(Exception):
    """Drawing or writing failed; the text says why and what to do."""


def missing_library(name: str) -> RenderError:
    """Return the error for an optional library that is not installed.

    >>> str(missing_library("pygraphviz"))
    'drawing needs the library pygraphviz: pip install "pathwaylang[draw]"'
    """
    return RenderError(f"drawing needs the library {name}: {DRAW_EXTRA}")
