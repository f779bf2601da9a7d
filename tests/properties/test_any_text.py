"""Whatever stands in a file, the whole compiler answers with findings, never with an exception.

Texts come from the specifications, changed at random places, and from nowhere at all.
"""

from __future__ import annotations

import re

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pathwaylang.compiler.pipeline import Compilation
from pathwaylang.compiler.syntax import KEYWORDS
from pathwaylang.diagnostics import Source
from pathwaylang.diagnostics.render_text import render_texts
from tests.specs.runner import MAIN, Checked, documents, read_specs

SPECS = [Checked(spec).texts for document in documents() for spec in read_specs(document)]
PIECES = re.compile(r"\n|[ ]+|\w+|\"[^\"\n]*\"|.")
NOISE = (
    *KEYWORDS, *"()|,:.-<>=/*+#\"“’\t\\é\u00a0", "\n", "\n  ", "\n    - ", "..", "..<", "<=",
    "3 cm", "3,5", "1e9", "99999999999999999999", "0", "x", '"label"', '"""', "unknown",
)  # fmt: skip


def judged(texts: dict[str, str]) -> None:
    """Compile a text to the end, and render what is found."""
    compilation = Compilation(
        Source(MAIN, texts[MAIN]),
        lambda path: Source(path, texts[path]) if path in texts else None,
        budget=20_000,
    )
    findings = compilation.diagnostics
    for found in findings:
        source = compilation.sources.get(found.span.source)
        assert source is not None, found
        assert 0 <= found.span.start <= found.span.end <= len(source.text)
        assert "\n" not in found.message
    render_texts(findings, compilation.sources)
    assert (compilation.artifact is None) <= (not compilation.is_clean or not _decides(compilation))
    if compilation.artifact is not None:
        assert compilation.is_clean


def _decides(compilation: Compilation) -> bool:
    return compilation.graph is not None and bool(compilation.graph.decisions)


@st.composite
def changed(draw: st.DrawFn) -> dict[str, str]:
    """A pathway of a specification with a few pieces dropped, doubled, swapped or put in."""
    texts = draw(st.sampled_from(SPECS))
    name = draw(st.sampled_from(sorted(texts)))
    pieces = PIECES.findall(texts[name]) or ["x"]
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(pieces) - 1))
        match draw(st.sampled_from(("drop", "double", "swap", "noise", "noise", "cut"))):
            case "drop":
                pieces[at] = ""
            case "double":
                pieces[at] *= 2
            case "swap":
                other = draw(st.integers(0, len(pieces) - 1))
                pieces[at], pieces[other] = pieces[other], pieces[at]
            case "noise":
                pieces[at] = draw(st.sampled_from(NOISE))
            case "cut":
                pieces = pieces[: at + 1]
    return {**texts, name: "".join(pieces)}


QUICK = settings(
    max_examples=250, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True
)


@QUICK
@given(changed())
def test_changed_pathways_are_judged(texts: dict[str, str]) -> None:
    judged(texts)


@QUICK
@given(st.lists(st.sampled_from(NOISE), max_size=30).map(" ".join))
def test_words_of_the_language_in_any_order_are_judged(text: str) -> None:
    judged({MAIN: f'pathway p "P"\n{text}'})


@QUICK
@given(st.text(max_size=80))
def test_any_text_is_judged(text: str) -> None:
    judged({MAIN: text})
