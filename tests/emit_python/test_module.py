"""The generated module answers as the runtime does, needs nothing, and no text becomes code."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from fractions import Fraction
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pathwaylang.compiler.emit.python import emit_python
from pathwaylang.ir.compiled import Artifact
from pathwaylang.ir.facts import UNKNOWN, Choice, Value
from pathwaylang.ir.graph import DecisionGraph
from pathwaylang.runtime import Case, Pathway
from pathwaylang.runtime.answer import TrackAnswer
from tests.runtime.small import GRAPH, artifact
from tests.runtime.test_properties import compiled, draw_case, total_graphs

QUICK = settings(
    max_examples=40, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True
)


def module_of(found: Artifact, most_written: int = 500) -> ModuleType:
    text = emit_python(found, most_written)
    module = ModuleType("generated")
    sys.modules["generated"] = module  # dataclasses look there
    exec(compile(text, "generated.py", "exec"), vars(module))
    return module


def same(module: ModuleType, pathway: Pathway, case: dict[str, Value], stage: str = "main") -> None:
    said = module.decide(case, stage)
    answer = pathway.evaluate(Case(case), stage)
    assert said["status"] == answer.status
    assert list(said["tracks"]) == [entry.track for entry in answer.tracks]
    for entry in answer.tracks:
        assert said["tracks"][entry.track] == told(pathway, entry)


def told(pathway: Pathway, entry: TrackAnswer) -> dict[str, object]:
    wanted = {name for item in entry.requests for name in item.facts}
    reading = dict(pathway.artifact.diagram.reading)[entry.track]  # type: ignore[union-attr]
    return {
        "stage": entry.stage,
        "status": entry.status,
        "outcome": entry.outcome,
        "branch": entry.branch,
        "branches": list(entry.branches),
        "goes_to": entry.goes_to,
        "requests": [name for name in reading if name in wanted],
        "possible": list(entry.possible),
        "reason": entry.reason,
    }


@QUICK
@given(total_graphs(), st.data())
def test_generated_pathways_are_answered_alike(graph: DecisionGraph, data: st.DataObject) -> None:
    pathway = compiled(graph)
    most = data.draw(st.sampled_from((0, 500)))
    module = module_of(pathway.artifact, most)
    for _ in range(6):
        hidden = data.draw(st.sets(st.sampled_from([fact.name for fact in graph.facts])))
        whole = draw_case(graph, data)
        same(module, pathway, {n: v for n, v in whole.items() if n not in hidden})
        same(module, pathway, whole)


@cache
def small_module() -> ModuleType:
    return module_of(artifact())


SMALL_CASES: list[dict[str, object]] = [
    {},
    {"adult": True, "bilirubin": 3, "awake": False, "age": 40},
    {"adult": True, "bilirubin": "0.8 mg/dL", "scan": "spot", "size": 4.5, "fever": "unknown"},
    {"adult": "no"},
    {"adult": True, "awake": False, "pain": True},
    {"adult": True, "bilirubin": {"value": 1, "unit": "mg/dL"}, "scan": "spot"},
]


@pytest.mark.parametrize("row", SMALL_CASES)
def test_every_ending_with_formulas_and_stages(row: dict[str, object]) -> None:
    pathway = Pathway(artifact())
    said = small_module().decide(row)
    for entry in pathway.evaluate(row).tracks:
        assert said["tracks"][entry.track] == told(pathway, entry)
    assert said["status"] == pathway.evaluate(row).status


def test_all_that_is_wrong_is_told_at_once() -> None:
    row = {"adult": 3, "bilirubin": 99, "colour": "red", "scan": "Spot", "age": "unknown"}
    with pytest.raises(small_module().CaseError) as raised:
        small_module().decide(row)
    problems = raised.value.problems
    assert len(problems) == 5
    assert (
        "bilirubin: '99' is not a value of it: it goes from 0..30 mg/dL in steps of 1/10"
        in problems
    )
    with pytest.raises(ValueError, match="unknown"):
        small_module().decide({"awake": "unknown"})
    for wrong in (float("nan"), True, [1], "1e400", "3 umol/L", 0.05, 10**50, {"a": 1}):
        with pytest.raises(ValueError, match="bilirubin"):
            small_module().decide({"bilirubin": wrong})


def test_module_runs_alone(tmp_path: Path) -> None:
    (tmp_path / "small.py").write_text(emit_python(artifact()), encoding="utf-8")
    script = "import small, sys; print(small.decide({'adult': False})['status']);"
    script += (
        "print(sorted({name.split('.')[0] for name in sys.modules} - sys.stdlib_module_names))"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", f"import sys; sys.path.insert(0, '.');{script}"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines()[0] == "outside"
    assert "pathwaylang" not in done.stdout
    assert "pydantic" not in done.stdout


def test_module_tells_what_it_is() -> None:
    text = emit_python(artifact())
    assert text == emit_python(artifact())
    assert small_module().PATHWAY["version"] == "1.2.0"
    assert small_module().PATHWAY["status"] == "in_review"
    assert small_module().PATHWAY["source_hash"] == "0" * 64
    assert "#   clear: when scan is clear; then wait\n" in text
    assert "#   low: otherwise; then go to look [guide.s1]\n" in text
    assert "#   high (line 7): " in text


HOSTILE = (
    '"""\nimport os\nos.abort()\n"""',
    "'''\\",
    "\\",
    "\u202eabort()\u2066",
    "a\r\nraise SystemExit\u2028raise SystemExit\x0craise SystemExit\x00",
    "'); raise SystemExit; ('",
    "{__import__('os').abort()}",
    "\ud800",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_stay_texts(text: str) -> None:
    facts = tuple(
        replace(
            fact,
            label=text,
            ask=text,
            choices=tuple(Choice(c.name, text) for c in fact.choices),
        )
        for fact in GRAPH.facts
    )
    decisions = tuple(
        replace(
            d,
            label=text,
            branches=tuple(
                replace(b, id=f"{b.id}{text}", text=text, basis=replace(b.basis, opinions=(text,)))
                for b in d.branches
            ),
        )
        for d in GRAPH.decisions
    )
    graph = replace(
        GRAPH,
        about=replace(GRAPH.about, title=text, version=text),
        facts=facts,
        decisions=decisions,
        applies_text=text,
        constraints=tuple(replace(c, text=text) for c in GRAPH.constraints),
        waivers=(),
    )
    hostile = replace(artifact(), graph=graph, tool=text, lines=())
    module = module_of(hostile)
    assert module.PATHWAY["title"] == text
    assert module.decide({"adult": False})["tracks"]["start"]["reason"].endswith(text)
    row = {"adult": True, "bilirubin": 3, "awake": True, "size": 1, "fever": UNKNOWN}
    assert module.decide(row)["tracks"]["start"]["branch"] == f"high{text}"


@pytest.mark.parametrize("text", HOSTILE[:-1])
def test_hostile_words_are_words(text: str) -> None:
    """A damaged artifact may have any text as the value of a choice: code compares it."""

    def other(word: str) -> str:
        return text if word == "spot" else word

    found = artifact()
    facts = tuple(
        replace(fact, choices=tuple(Choice(other(c.name), c.label) for c in fact.choices))
        for fact in GRAPH.facts
    )
    cells = tuple(
        replace(c, groups=tuple(tuple(map(other, group)) for group in c.groups))
        for c in found.cells
    )
    hostile = replace(found, graph=replace(found.graph, facts=facts), cells=cells)
    case: dict[str, Value] = {"adult": True, "awake": True, "fever": False, "scan": text}
    case |= {"bilirubin": Fraction(1), "size": Fraction(1)}
    assert Pathway(hostile).compiled().endings(Case(case))[0].branch == "small"
    assert module_of(hostile).decide(case)["tracks"]["start"]["branch"] == "small"
    assert repr(text) in emit_python(hostile)
