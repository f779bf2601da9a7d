"""`recommendation`, `test` and `stage` items.

Findings: PW0301 and PW0307 (names), PW0302 (a track in two stages), PW0303 (a word that is no
strength or grade of evidence).
"""

from __future__ import annotations

from pathwaylang.compiler.model import attributes
from pathwaylang.compiler.model.bases import read_basis
from pathwaylang.compiler.model.names import Space
from pathwaylang.compiler.model.report import Report
from pathwaylang.compiler.model.scope import Scope
from pathwaylang.compiler.syntax import nodes as syntax
from pathwaylang.diagnostics import Label
from pathwaylang.ir.graph import Reassess, Recommendation, Stage, Test
from pathwaylang.ir.names import nearest

STRENGTHS = tuple(
    " ".join(filter(None, (word, side)))
    for word in ("strong", "conditional", "equipoise", "procedural")
    for side in ("", "for", "against")
)
EVIDENCE = ("high", "moderate", "low", "very low")


def read_strength(report: Report, attrs: attributes.Attrs) -> str:
    """Return the `strength` line as written, or nothing; PW0303 for other words."""
    return _one_of(report, attrs, "strength", STRENGTHS)


def _one_of(report: Report, attrs: attributes.Attrs, word: str, allowed: tuple[str, ...]) -> str:
    written = attributes.words(attrs, word)
    text = " ".join(name.text for name in written)
    if not written or text in allowed:
        return text
    near = nearest(text, allowed)
    report.add(
        "PW0303",
        f"`{text}` is not a {'strength' if word == 'strength' else 'grade of evidence'}",
        Label(written[0].span.to(written[-1].span)),
        notes=(f"`{word}` can be {', '.join(allowed)}.",),
        help=f"did you mean `{near[0]}`?" if near else "write one of these.",
    )
    return ""


def build_recommendation(scope: Scope, item: syntax.RecommendationItem) -> Recommendation:
    """Return a recommendation."""
    attributes.check_lines(scope.report, item.attrs, "recommendation")
    return Recommendation(
        item.name.text,
        item.label.value,
        attributes.prose(item.attrs, "do"),
        attributes.prose(item.attrs, "avoid"),
        read_strength(scope.report, item.attrs),
        _one_of(scope.report, item.attrs, "evidence", EVIDENCE),
        _reassess(scope, item),
        attributes.codes(item.attrs),
        read_basis(scope, item.attrs),
        attributes.labels(item.attrs),
        item.span,
    )


def _reassess(scope: Scope, item: syntax.RecommendationItem) -> tuple[Reassess, ...]:
    pathway = Scope(scope.build, scope.path, everywhere=True)
    found: list[Reassess] = []
    for line in item.attrs:
        if isinstance(line, syntax.ReassessLine):
            declared = pathway.look_up(Space.FLOW, line.at.parts[-1], "decision or stage")
            if declared is not None:
                found.append(Reassess(line.when.value, declared.name))
    return tuple(found)


def build_test(scope: Scope, item: syntax.TestItem) -> Test:
    """Return a test; it finds facts, never what is derived from them."""
    attributes.check_lines(scope.report, item.attrs, "test")
    finds = [scope.look_up(Space.FACTS, name, "fact", ("fact",)) for name in item.finds]
    return Test(
        item.name.text,
        item.label.value,
        tuple(dict.fromkeys(fact.name for fact in finds if fact is not None)),
        attributes.codes(item.attrs),
        read_basis(scope, item.attrs),
        attributes.labels(item.attrs),
        item.span,
    )


def build_stage(scope: Scope, item: syntax.StageItem) -> Stage:
    """Return a stage; each start is a decision and belongs to one stage."""
    attributes.check_lines(scope.report, item.attrs, "stage")
    starts = [
        scope.look_up(Space.FLOW, name, "decision", ("decision", "table", "step"))
        for name in item.starts
    ]
    for name in item.starts:
        first = scope.build.names.tracks.get(name.text, name)
        if first.span != name.span:
            scope.report.add(
                "PW0302",
                f"two stages, or one twice, start at `{name.text}`",
                Label(name.span),
                Label(first.span, "the first"),
                notes=("A track is named after its start, so a decision starts one track.",),
                help="name it once, in the stage it belongs to.",
            )
    return Stage(
        item.name.text,
        item.label.value,
        tuple(dict.fromkeys(start.name for start in starts if start is not None)),
        attributes.labels(item.attrs),
        read_basis(scope, item.attrs),
        item.span,
    )
