"""DOT, Mermaid and outline texts, letter by letter; `--update-golden` rewrites them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from pathwaylang.compiler.emit.dot import Chart, emit_charts
from tests.charts.liver import liver
from tests.charts.sample import sample
from tests.charts.ways import CHOICE, FOUND

GOLDEN = Path(__file__).parent / "golden"
PLAIN = {chart.name: chart for chart in emit_charts(sample())}
LIT = {chart.name: chart for chart in emit_charts(sample(), way=CHOICE)}
MARKED = {chart.name: chart for chart in emit_charts(liver(), marks=FOUND)}
TEXTS = {
    "overview.dot": PLAIN["overview"].dot,
    "diagnosis.dot": PLAIN["diagnosis"].dot,
    "management.dot": PLAIN["management"].dot,
    "management-lit.dot": LIT["management"].dot,
    "palliative-marked.dot": MARKED["management.palliative"].dot,
    "management.mmd": PLAIN["management"].mermaid,
    "management-lit.mmd": LIT["management"].mermaid,
    "management.txt": PLAIN["management"].outline,
    "management-lit.txt": LIT["management"].outline,
    "colorectal-marked.txt": MARKED["management.colorectal_local"].outline,
}


@pytest.mark.parametrize("name", TEXTS)
def test_text_is_as_it_was(name: str, update_golden: bool) -> None:
    path = GOLDEN / name
    if update_golden:
        path.parent.mkdir(exist_ok=True)
        path.write_text(TEXTS[name], encoding="utf-8")
    assert path.read_text(encoding="utf-8") == TEXTS[name]


def texts(charts: tuple[Chart, ...]) -> list[tuple[str, str, str]]:
    return [(chart.dot, chart.mermaid, chart.outline) for chart in charts]


def test_the_same_graph_gives_the_same_texts_under_any_hash_seed() -> None:
    code = (
        "import hashlib\n"
        "from tests.charts.test_golden import texts, emit_charts, liver, CHOICE, FOUND\n"
        "made = repr(texts(emit_charts(liver(), marks=FOUND)))\n"
        "print(hashlib.sha256(made.encode()).hexdigest())"
    )
    seen = set()
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        done = subprocess.run(
            [sys.executable, "-c", code],
            cwd=Path(__file__).parents[2],
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
        seen.add(done.stdout)
    assert len(seen) == 1
