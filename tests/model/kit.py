"""Read small pathways in tests: texts in, model, graph and findings out.

All texts go through the parser, and a test fails when a text that it means to be readable is not.
"""

from __future__ import annotations

from pathwaylang.compiler.lower import lower_graph
from pathwaylang.compiler.model import Model, Modules, build_model, load_modules
from pathwaylang.compiler.syntax import parse_file
from pathwaylang.diagnostics import Diagnostic, Source, sorted_diagnostics
from pathwaylang.ir.derived import Derived
from pathwaylang.ir.graph import Decision, DecisionGraph
from pathwaylang.ir.guards import Guard

HEAD = 'pathway p "P"\n'


def load(text: str, files: dict[str, str] | None = None) -> tuple[Modules, list[Diagnostic]]:
    """Parse a text that stands in `main.pw`, with the other files it uses."""
    source = Source("main.pw", text)
    parsed = parse_file(source)
    known = files or {}

    def fetch(path: str) -> Source | None:
        return Source(path, known[path]) if path in known else None

    modules = load_modules(parsed.file, source, fetch)
    return modules, [*parsed.diagnostics, *modules.diagnostics]


def findings(text: str, files: dict[str, str] | None = None) -> tuple[Diagnostic, ...]:
    """Return all findings up to the graph, in reading order."""
    modules, found = load(text, files)
    checked = build_model(modules)
    lowered = lower_graph(checked.model)[1] if checked.model is not None else ()
    return sorted_diagnostics((*found, *checked.diagnostics, *lowered))


def places(text: str, files: dict[str, str] | None = None) -> list[str]:
    """Return the findings as `CODE line`, with the file before it unless it is main.pw."""
    texts = {"main.pw": text} | (files or {})
    result = []
    for found in findings(text, files):
        source = Source(found.span.source, texts[found.span.source])
        file = "" if source.name == "main.pw" else f"{source.name}:"
        result.append(f"{found.code} {file}{source.position(found.span.start).line}")
    return result


def quoted(text: str) -> list[str]:
    """Return, for each finding, its code and the text that its primary label stands on."""
    return [f"{d.code} {text[d.span.start : d.span.end]}" for d in findings(text)]


def model_of(text: str, files: dict[str, str] | None = None) -> Model:
    """Return the model of a text without errors."""
    modules, found = load(text, files)
    checked = build_model(modules)
    assert not [d for d in (*found, *checked.diagnostics) if d.is_failure]
    assert checked.model is not None
    return checked.model


def graph_of(text: str, files: dict[str, str] | None = None) -> DecisionGraph:
    """Return the graph of a text without errors."""
    graph, found = lower_graph(model_of(text, files))
    assert found == ()
    assert graph is not None
    return graph


def decision(model: Model | DecisionGraph, name: str) -> Decision:
    """Return a decision by its name."""
    return next(item for item in model.decisions if item.name == name)


def derived(model: Model | DecisionGraph, name: str) -> Derived:
    """Return a derived fact by its name."""
    return next(item for item in model.derived if item.name == name)


FACTS = """\
fact ecog "ECOG performance status": whole number 0..4
fact largest "Largest metastasis": number in cm 0..30 step 0.1
fact bilirubin "Total bilirubin": number in mg/dL 0..50 step 0.1
  may be unknown
  converts 1 mg/dL = 17.1 umol/L
fact flr "Future liver remnant": number in % 0..100 step 1
fact ratio "A plain ratio": number 0..10 step 0.1
fact weight "Weight": number in kg 1..350 step 0.1
fact height "Height": number in cm 30..260 step 1
fact wait "Waiting time": number in months 0..60 step 1
fact reserve "Liver reserve": choice of good, borderline, poor
fact widespread "Widespread disease": yes/no
fact pregnant "Pregnant": yes/no
  may be unknown
"""
"""One fact of each kind."""


def guard_of(condition: str, more: str = "") -> Guard:
    """Return the guard of a condition over FACTS and further items."""
    text = f'{HEAD}{FACTS}{more}define x "X" as {condition}\n{ANY_DECISION}'
    item = derived(model_of(text), "x")
    assert item.kind == "condition"
    return item.guard


ANY_DECISION = """\
decide last "Last question?"
  opinion "for the test"
  otherwise recommend nothing
recommendation nothing "Nothing"
"""
"""What a pathway needs so as not to be empty."""
