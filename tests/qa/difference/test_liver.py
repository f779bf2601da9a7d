"""One threshold of the liver pathway moved: the difference says who is affected, and which rule."""

from __future__ import annotations

from pathlib import Path

from pathwaylang.compiler.pipeline import Compilation
from pathwaylang.compiler.qa.difference import Difference, compare_graphs
from pathwaylang.diagnostics import Source
from pathwaylang.ir.graph import DecisionGraph

ROOT = Path(__file__).resolve().parents[3] / "pathways"
WRITTEN, MOVED = "largest_mm <= 30 mm", "largest_mm <= 40 mm"


def liver(moved: bool) -> DecisionGraph:
    def load(name: str) -> Source | None:
        path = ROOT / name
        if not path.exists():
            return None
        text = path.read_text("utf-8")
        if moved and name == "liver_mets/eligibility.pw":
            assert text.count(WRITTEN) == 1
            text = text.replace(WRITTEN, MOVED)
        return Source(name, text)

    source = load("liver_mets.pw")
    assert source is not None
    graph = Compilation(source, load).graph
    assert graph is not None
    return graph


def test_a_threshold_of_the_liver_pathway() -> None:
    found = compare_graphs(liver(False), liver(True))
    assert isinstance(found, Difference)
    assert [(edit.item, edit.name) for edit in found.edits] == [("definition", "e_abl")]
    assert found.facts == ()
    assert {change.stage for change in found.changes} == {"management"}
    local = [change for change in found.changes if change.track == "local"]
    assert local and all("ablation" in change.new for change in local)
    for change in local:
        assert dict(change.common)["largest_mm"] == "31..40 mm"
        assert change.patient is not None
        assert dict(change.patient.facts)["largest_mm"] == "40 mm"
        assert sum(entry.count for entry in change.deciders) == change.count > 0
    assert [loss.loss for loss in found.losses] == ["forbidden"], "safety.pw forbids it above 30 mm"
    assert "CL14" in found.losses[0].rule.names
