"""DOT text to pictures, in this process, by pygraphviz.

In comes DOT, out come bytes of SVG, PNG, PDF or an image map. What the C libraries print is caught:
warnings about fonts of the machine are dropped, errors become a `RenderError`.

Invariants: nothing is printed; pygraphviz is imported only when something is drawn.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator
from functools import cache
from typing import Literal

from pathwaylang.render.adapters.fonts import provide_fonts
from pathwaylang.render.problems import RenderError, missing_library

Drawn = Literal["svg", "png", "pdf", "cmapx", "plain"]
# Letters of 12 points are read at arm's length on a screen at this density; more only costs time.
PNG_DPI = "96"
_STDERR = 2
_FONT_PROBE = (
    'digraph { node [shape=plain fontname="Helvetica"] i [label="iiiiii"] w [label="WWWWWW"] }'
)


def draw(dot: str, kind: Drawn) -> bytes:
    """Draw DOT text; RenderError where pygraphviz is missing or Graphviz refuses the text."""
    provide_fonts()
    try:
        import pygraphviz
    except ImportError as error:
        raise missing_library("pygraphviz") from error
    said: list[str] = []
    try:
        with _caught_stderr(said):
            graph = pygraphviz.AGraph(string=dot)
            if kind == "png":
                graph.graph_attr["dpi"] = PNG_DPI
            picture = graph.draw(format=kind, prog="dot")
            graph.close()
    except Exception as error:  # pygraphviz raises what its C layer meets, of many types
        raise RenderError(f"Graphviz could not draw a chart: {error}") from error
    errors = [line for line in said if line.startswith("Error")]
    if errors or not isinstance(picture, bytes):
        told = errors[0] if errors else "it returned nothing"
        raise RenderError(f"Graphviz could not draw a chart: {told}")
    return picture


@cache
def has_fonts() -> bool:
    """Tell whether this machine has a font: without one, every letter is the same empty box."""
    lines = draw(_FONT_PROBE, "plain").decode().splitlines()
    widths = {line.split()[4] for line in lines if line.startswith("node ")}
    return len(widths) > 1


@contextlib.contextmanager
def _caught_stderr(said: list[str]) -> Iterator[None]:
    """Collect what C code prints on the error stream; do nothing where there is no such stream."""
    try:
        saved = os.dup(_STDERR)
    except OSError:
        yield
        return
    with tempfile.TemporaryFile() as caught:
        os.dup2(caught.fileno(), _STDERR)
        try:
            yield
        finally:
            os.dup2(saved, _STDERR)
            os.close(saved)
            caught.seek(0)
            said += caught.read().decode(errors="replace").splitlines()
