"""Safety rules, put to a solver (PW0801, PW0804).

In: a graph in a solver. Out: the rules that some patient breaks, with that patient and his way, and
the rules that no patient meets. `never changes` is asked of two copies of the graph that share all
cells but those of one fact.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from pathwaylang.compiler.verify.checks.safety import OPEN, any_of, forbidden
from pathwaylang.compiler.verify.engines.asking import Asking
from pathwaylang.compiler.verify.engines.clauses import FALSE
from pathwaylang.compiler.verify.engines.encode import Encoder
from pathwaylang.compiler.verify.engines.obtained import check_before
from pathwaylang.compiler.verify.telling import Claim, place
from pathwaylang.compiler.verify.ways import says
from pathwaylang.diagnostics import Diagnostic, Label, finding
from pathwaylang.ir.facts import Value
from pathwaylang.ir.graph import Rule, Stage

Case = Mapping[str, Value]


def check_safety(asking: Asking) -> Iterator[Diagnostic]:
    """Find safety rules that some patient breaks, and those that no patient meets."""
    for rule in asking.graph.rules:
        match rule.rule_kind:
            case "never" | "always":
                yield from _judged(asking, rule)
            case "never changes":
                yield from _never_changes(asking, rule)
            case "before":
                yield from check_before(asking, rule)


def _stages(asking: Asking, rule: Rule) -> tuple[Stage, ...]:
    stages = asking.graph.stages
    if rule.stage:
        return tuple(stage for stage in stages if stage.name == rule.stage)
    if rule.rule_kind == "never":
        return stages
    decisions = {decision.name: decision for decision in asking.graph.decisions}
    able = tuple(
        stage
        for stage in stages
        if any(
            says(branch, rule.names)
            for track in stage.tracks
            for name in asking.reads.inside(track)
            for branch in decisions[name].branches
        )
    )
    return able or stages


def _judged(asking: Asking, rule: Rule) -> Iterator[Diagnostic]:
    assert rule.guard is not None
    pair = asking.encoder.guard(rule.guard)
    binding = -pair.false if rule.rule_kind == "never" else pair.true
    met = False
    for stage in _stages(asking, rule):
        read = asking.reads.stage(stage) | asking.reads.guard(rule.guard)
        facts, world = asking.view(read)
        met = met or asking.can_be(world, binding) is not False
        for claim, tracks, broken in _breaches(asking, rule, stage):
            question = (world, binding, broken)
            found = asking.told(claim, question, facts, _breaks(asking, rule, tracks))
            if found is not None:
                yield _with_way(asking, found, rule, tracks[0])
    if not met:
        yield finding(
            "PW0804",
            "no patient meets the condition of this safety rule",
            Label(place(rule.span)),
            notes=("It holds only because there is no such patient.",),
            help="check its condition for a slip, or delete the rule",
        )


def _breaches(
    asking: Asking, rule: Rule, stage: Stage
) -> Iterator[tuple[Claim, tuple[str, ...], int]]:
    """Yield how a rule may be broken: the claim, by which tracks, and by which cases."""
    label = (Label(place(rule.span)),)
    said = {track: asking.encoder.says(track, rule.names) for track in stage.tracks}
    if rule.rule_kind == "never":
        for track in stage.tracks:
            message = f"a safety rule can be broken in track `{track}`"
            help_text = "correct the branch that sends such a patient there, or the rule"
            yield Claim("PW0801", message, label, help=help_text), (track,), said[track]
    else:
        message = f"no track of stage `{stage.name}` recommends {any_of(rule.names)}, "
        message += "against this rule"
        help_text = "add the recommendation where such patients end, or narrow the rule"
        silent = -asking.clauses.any(said.values())
        yield Claim("PW0801", message, label, help=help_text), stage.tracks, silent


def _breaks(asking: Asking, rule: Rule, tracks: tuple[str, ...]) -> Callable[[Case], bool]:
    def shows(case: Case) -> bool:
        assert rule.guard is not None
        values = asking.walker.values(case)
        walks = [asking.walker.walk(track, values) for track in tracks]
        said = any(asking.walker.says(walk, rule.names) for walk in walks)
        truth = values.truth(rule.guard)
        if rule.rule_kind == "never":
            return said and truth is not False
        return not said and truth is True

    return shows


def _with_way(asking: Asking, found: Diagnostic, rule: Rule, track: str) -> Diagnostic:
    """Add the way of the patient: labels on the branches passed, and their ids."""
    evidence = found.evidence
    if evidence is None or evidence.patient is None:
        return found
    assert rule.guard is not None
    values = asking.walker.values(asking.realizer.read_back(evidence.patient))
    walk = asking.walker.walk(track, values)
    branches = [asking.walker.branch(step) for step in walk.passed]
    is_never = rule.rule_kind == "never"
    labels = tuple(Label(place(b.span), "on the way of this patient") for b in branches[-3:])
    patient = replace(evidence.patient, way=tuple(branch.id for branch in branches))
    return replace(
        found,
        message=forbidden(rule, track, branches) if is_never else found.message,
        notes=(*((OPEN,) if is_never and values.truth(rule.guard) is None else ()), *found.notes),
        labels=(*found.labels, *labels),
        evidence=replace(evidence, patient=patient),
    )


# ------------------------------------------------------------ never changes


def _never_changes(asking: Asking, rule: Rule) -> Iterator[Diagnostic]:
    fact, encoder = rule.fact_or_test, asking.encoder
    moved = {fact}
    moved |= {o.variable for o in asking.partition.opaques.values() if fact in o.facts}
    shared = {name: cells for name, cells in encoder.cells.items() if name not in moved}
    other = Encoder(asking.graph, asking.partition, asking.clauses, shared)
    for stage in asking.graph.stages:
        for track in stage.tracks:
            if track in rule.names:
                question = _differs(asking, other, track, fact)
                found = asking.told(
                    Claim(
                        "PW0801",
                        f"`{fact}` changes the outcome of track `{track}`",
                        (Label(place(rule.span)),),
                        help="remove the fact from the conditions on this way, or correct the rule",
                    ),
                    question,
                    asking.view(asking.reads.track(track) | {fact})[0],
                    _changes(asking, track, fact),
                )
                if found is not None:
                    yield found


def _differs(asking: Asking, other: Encoder, track: str, fact: str) -> tuple[int, ...]:
    """Return where both copies are in the world and end with different outcomes."""
    clauses, graph = asking.clauses, asking.graph
    facts = asking.reads.track(track) | {fact}
    _, world = asking.view(facts)
    _, constraints = asking.reads.constraints(facts)
    applies = () if graph.applies is None else (other.guard(graph.applies).true,)
    there = clauses.all((*applies, *(-other.guard(c.guard).true for c in constraints)))
    first, second = _outcomes(asking, asking.encoder, track), _outcomes(asking, other, track)
    unlike = clauses.any(
        clauses.all((one, -second.get(text, FALSE))) for text, one in first.items()
    )
    return world, there, clauses.any(second.values()), unlike


def _outcomes(asking: Asking, encoder: Encoder, track: str) -> dict[str, int]:
    """Return for each outcome of a track where it ends so."""
    found: dict[str, list[int]] = {}
    decisions = {decision.name: decision for decision in asking.graph.decisions}
    for name, here in encoder.arriving((track,)).items():
        for index, branch in enumerate(decisions[name].branches):
            outcome = branch.outcome
            if outcome.outcome_kind != "go to" or outcome.target != "decision":
                ends = asking.clauses.all((here, encoder.taken(name, index)))
                found.setdefault(outcome.text, []).append(ends)
    return {text: asking.clauses.any(literals) for text, literals in found.items()}


def _changes(asking: Asking, track: str, fact: str) -> Callable[[Case], bool]:
    cells = asking.partition.cells[fact]

    def shows(case: Case) -> bool:
        values = [asking.realizer.value_in_cell(fact, at) for at in range(len(cells.counts))]
        ends = set()
        for value in values:
            walk = asking.walker.walk(track, asking.walker.values({**case, fact: value}))
            if walk.halt is None:
                ends.add(asking.walker.branch(walk.passed[-1]).outcome.text)
        return len(ends) > 1

    return shows
