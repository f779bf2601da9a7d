"""The clinician's page: one HTML file that works out its answers by itself, without any network.

In come an artifact and its drawn charts, out comes the text of the page: form, answer, charts,
sources. README.md tells how the scripts divide the work. Pure: the parts of the page are read from
this package, nothing else.

INVARIANT: texts of a pathway reach the page as escaped text, as JSON in a script element that no
text can close, or inside the drawn SVG; the page's policy lets only its own script run and lets
nothing load or connect.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files

from pathwaylang.compiler.emit.dot.palette import LOOKS
from pathwaylang.compiler.emit.page.chartmap import Mapper
from pathwaylang.compiler.emit.page.data import Plain, page_data
from pathwaylang.compiler.emit.page.svg import inline_svg
from pathwaylang.compiler.emit.pages import build_pages
from pathwaylang.compiler.emit.text import plain
from pathwaylang.ir.artifact import Artifact
from pathwaylang.ir.facts import Value

CORE = ("exact", "logic", "diagram", "focus", "pathway", "evaluate", "input", "whatif", "ruledout")
"""The scripts without a document in them: the evaluator, in the order in which they build."""
VIEW = ("dom", "labels", "form", "reasons", "answer", "charts", "app")

_NO_VALUES: Mapping[str, Value] = {}


@dataclass(frozen=True, slots=True)
class DrawnChart:
    """A chart as an accessible SVG text."""

    name: str
    title: str
    svg: str


def emit_page(
    artifact: Artifact,
    charts: Sequence[DrawnChart],
    preset: Mapping[str, Value] = _NO_VALUES,
    stage: str = "",
) -> str:
    """Return the page of a pathway.

    The artifact needs a diagram. `preset` is a case that the form starts with, `stage` the stage.
    """
    names = [chart.name for chart in charts]
    mapper = Mapper(artifact.graph)
    pages = build_pages(artifact.graph)
    maps = {page.name: mapper.page(page) for page in pages}
    kinds = {page.name: [kind for kind in LOOKS if kind in page.kinds] for page in pages}
    told: list[Plain] = [
        {
            "name": chart.name,
            "title": chart.title,
            "depth": chart.name.count("."),
            "map": maps[chart.name],
            "kinds": kinds[chart.name],
        }
        for chart in charts
    ]
    data = page_data(artifact, told, dict(preset))
    script = f'"use strict";\n(() => {{\n{script_text(*CORE, *VIEW)}}})();\n'
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    title = plain(artifact.graph.about.title or artifact.graph.about.name)
    parts = {
        "SCRIPT_HASH": f"sha256-{digest}",
        "TITLE": html.escape(title),
        "STYLE": _part("page.css").replace("@FOOT@", style_text(_foot(artifact, title))),
        "CHARTS": "\n".join(_figure(chart, names) for chart in charts),
        "DATA": script_json({**data, "stage": stage}),
        "SCRIPT": script,
    }
    first, *rest = _part("page.html").split("@")
    # Even pieces are the frame, odd ones name a part: no part is searched for another's name.
    return first + "".join(
        parts[piece] if index % 2 == 0 else piece for index, piece in enumerate(rest)
    )


def script_text(*names: str) -> str:
    """Return scripts of the page, one after the other."""
    return "".join(_part(f"{name}.js") for name in names)


def script_json(data: Mapping[str, object]) -> str:
    r"""Return data as JSON that may stand in a script element.

    >>> print(script_json({"label": "</script>"}))
    {"label":"\u003c/script>"}
    """
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    text = text.encode("utf-8", "backslashreplace").decode()
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def style_text(text: str) -> str:
    r"""Return a text as the content of a quoted string in a style sheet.

    >>> style_text('a"}</style>')
    'a\\22 \\7d \\3c \\2f style\\3e '
    """
    return "".join(
        c if (c.isascii() and c.isalnum()) or c in " .,:" else f"\\{ord(c):x} " for c in text
    )


def _foot(artifact: Artifact, title: str) -> str:
    """Return what stands at the foot of each printed sheet."""
    about = artifact.graph.about
    return f"{title}, version {plain(about.version)}, {plain(about.status).replace('_', ' ')}"


def _figure(chart: DrawnChart, names: Sequence[str]) -> str:
    hidden = "" if chart.name == names[0] else " hidden"
    name = html.escape(f"pw-chart-{chart.name}")
    label = html.escape(plain(f"Chart: {chart.title}"))
    return (
        f'<div class="chart" id="{name}" role="region" aria-label="{label}" tabindex="0"{hidden}>'
        f"{inline_svg(chart.svg, names)}</div>"
    )


def _part(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")
