"""PW0801 and PW0804: safety rules, proved over all cases of their stages.

`never` is broken also where its condition is unknown; `always` binds where its condition is
certainly true, in at least one track; `never changes` compares cases that differ in one fact only.
A rule whose condition no case meets is vacuous. Each breach comes with a patient and the way taken.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import combinations

from pathwaylang.compiler.verify.flow import End
from pathwaylang.compiler.verify.telling import Affected, Claim, place, region_finding
from pathwaylang.compiler.verify.verification import Verification, View
from pathwaylang.diagnostics import Diagnostic, Label, finding
from pathwaylang.ir.facts import Value
from pathwaylang.ir.graph import Branch, Rule, Stage
from pathwaylang.ir.guards import Guard

EXCLUDED = "excluded"


def check_safety(verification: Verification) -> Iterator[Diagnostic]:
    """Find safety rules that some patient breaks, and those that no patient meets."""
    for rule in verification.graph.rules:
        match rule.rule_kind:
            case "never":
                yield from _never(verification, rule)
            case "always":
                yield from _always(verification, rule)
            case "never changes":
                yield from _never_changes(verification, rule)
            case "before":
                continue


def _stages(verification: Verification, rule: Rule) -> list[Stage]:
    stages = verification.graph.stages
    if rule.stage:
        return [stage for stage in stages if stage.name == rule.stage]
    if rule.rule_kind == "never":
        return list(stages)
    able = [stage for stage in stages if _can_recommend(verification, stage, rule.names)]
    return able or list(stages)


def _can_recommend(verification: Verification, stage: Stage, names: tuple[str, ...]) -> bool:
    for track in stage.tracks:
        for name in verification.reads.inside(track):
            for branch in verification.flow.decisions[name].branches:
                if branch.id in names or not set(branch.outcome.names).isdisjoint(names):
                    return True
    return False


def _guard(rule: Rule) -> Guard:
    assert rule.guard is not None
    return rule.guard


def _never(verification: Verification, rule: Rule) -> Iterator[Diagnostic]:
    space, flow = verification.space, verification.flow
    binding = space.possible(flow.symbolic.guard(_guard(rule)))
    met = False
    for stage in _stages(verification, rule):
        facts = verification.reads.stage(stage) | verification.reads.guard(_guard(rule))
        view = verification.view(facts)
        bound = space.conj(view.world, binding)
        met = met or bound != space.false
        for track in stage.tracks:
            node = flow.ways.saying(bound, track, rule.names)
            if node == space.false:
                continue

            def shows(case: Mapping[str, Value], track: str = track) -> bool:
                values = verification.walker.values(case)
                walk = verification.walker.walk(track, values)
                says = verification.walker.says(walk, rule.names)
                return says and values.truth(_guard(rule)) is not False

            found = region_finding(
                verification,
                Claim(
                    "PW0801",
                    f"a safety rule can be broken in track `{track}`",
                    (Label(place(rule.span)),),
                    help="correct the branch that sends such a patient there, or the rule",
                ),
                Affected(node, view, bound, shows),
            )
            yield _with_way(verification, found, rule, track)
    if not met:
        yield _vacuous(rule)


def _always(verification: Verification, rule: Rule) -> Iterator[Diagnostic]:
    space, flow = verification.space, verification.flow
    binding = flow.certainly(_guard(rule))
    met = False
    for stage in _stages(verification, rule):
        facts = verification.reads.stage(stage) | verification.reads.guard(_guard(rule))
        view = verification.view(facts)
        bound = space.conj(view.world, binding)
        met = met or bound != space.false
        node = bound
        for track in stage.tracks:
            node = flow.ways.silent(node, track, rule.names)
        if node == space.false:
            continue

        def shows(case: Mapping[str, Value], stage: Stage = stage) -> bool:
            values = verification.walker.values(case)
            walks = [verification.walker.walk(track, values) for track in stage.tracks]
            says = any(verification.walker.says(walk, rule.names) for walk in walks)
            return not says and values.truth(_guard(rule)) is True

        found = region_finding(
            verification,
            Claim(
                "PW0801",
                f"no track of stage `{stage.name}` recommends {any_of(rule.names)}, "
                "against this rule",
                (Label(place(rule.span)),),
                help="add the recommendation where such patients end, or narrow the rule",
            ),
            Affected(node, view, bound, shows),
        )
        yield _with_way(verification, found, rule, stage.tracks[0])
    if not met:
        yield _vacuous(rule)


def _vacuous(rule: Rule) -> Diagnostic:
    return finding(
        "PW0804",
        "no patient meets the condition of this safety rule",
        Label(place(rule.span)),
        notes=("It holds only because there is no such patient.",),
        help="check its condition for a slip, or delete the rule",
    )


OPEN = (
    "The condition of the rule is unknown for this patient: it forbids that, too, "
    "unless it asks for `is known`."
)


def forbidden(rule: Rule, track: str, branches: list[Branch]) -> str:
    """Return what a track does that a rule forbids."""
    outcome = branches[-1].outcome
    names = [] if outcome.outcome_kind == "go to" else [n for n in outcome.names if n in rule.names]
    if names:
        verb = "offered" if outcome.outcome_kind == "offer" else "recommended"
        return f"`{names[0]}` can be {verb} in track `{track}`, against this rule"
    branch = next(branch for branch in branches if branch.id in rule.names)
    return f"branch {branch.id} can be taken in track `{track}`, against this rule"


def any_of(names: tuple[str, ...]) -> str:
    """Return names in quotes, joined with `or`."""
    *first, last = (f"`{name}`" for name in names)
    return f"{', '.join(first)} or {last}" if first else last


def _with_way(verification: Verification, found: Diagnostic, rule: Rule, track: str) -> Diagnostic:
    """Add the way of the patient: labels on the branches passed, and their ids.

    A `never` rule says in its headline what is done to this patient.
    """
    evidence = found.evidence
    if evidence is None or evidence.patient is None:
        return found
    case = verification.realizer.read_back(evidence.patient)
    values = verification.walker.values(case)
    walk = verification.walker.walk(track, values)
    branches = [verification.walker.branch(step) for step in walk.passed]
    is_never = rule.rule_kind == "never"
    notes = (OPEN,) if is_never and values.truth(_guard(rule)) is None else ()
    way = tuple(branch.id for branch in branches)
    labels = tuple(Label(place(b.span), "on the way of this patient") for b in branches[-3:])
    patient = replace(evidence.patient, way=way)
    return replace(
        found,
        message=forbidden(rule, track, branches) if is_never else found.message,
        notes=(*notes, *found.notes),
        labels=(*found.labels, *labels),
        evidence=replace(evidence, patient=patient),
    )


def _never_changes(verification: Verification, rule: Rule) -> Iterator[Diagnostic]:
    space, flow = verification.space, verification.flow
    fact = rule.fact_or_test
    level = flow.symbolic.level_of[fact]
    for stage in verification.graph.stages:
        for track in stage.tracks:
            if track not in rule.names:
                continue
            view = verification.view(verification.reads.track(track) | {fact})
            if level not in space.support(space.conj_leaves(view.world, flow.track(track))):
                continue

            def outcome(leaf: Hashable) -> Hashable:
                return flow.branch_of(leaf).outcome.text if isinstance(leaf, End) else EXCLUDED

            shown = space.conj_leaves(view.world, space.map(flow.track(track), outcome), EXCLUDED)
            cells = range(len(space.weights[level]))
            parts = [space.restrict(shown, {level: cell}) for cell in cells]
            differing = [
                (a, b, space.differ(parts[a], parts[b], space.leaf(EXCLUDED)))
                for a, b in combinations(cells, 2)
                if parts[a] != parts[b]
            ]
            for first, other, node in differing:
                if node == space.false:
                    continue
                swap = Swap(rule, track, (first, other))
                yield _change(verification, swap, view, node)
                break


@dataclass(frozen=True, slots=True)
class Swap:
    """A change of a rule's fact from one cell to another, seen by one track."""

    rule: Rule
    track: str
    cells: tuple[int, int]


def _change(verification: Verification, swap: Swap, view: View, node: int) -> Diagnostic:
    fact, track = swap.rule.fact_or_test, swap.track
    one, other = (verification.realizer.value_in_cell(fact, cell) for cell in swap.cells)

    def ends(case: Mapping[str, Value], value: Value) -> str:
        values = verification.walker.values({**case, fact: value})
        walk = verification.walker.walk(track, values)
        if walk.halt is not None:
            return EXCLUDED
        return verification.walker.branch(walk.passed[-1]).outcome.text

    found = region_finding(
        verification,
        Claim(
            "PW0801",
            f"`{fact}` changes the outcome of track `{track}`",
            (Label(place(swap.rule.span)),),
            help="remove the fact from the conditions on this way, or correct the rule",
        ),
        Affected(node, view, view.world, lambda case: ends(case, one) != ends(case, other)),
    )
    evidence = found.evidence
    if evidence is None or evidence.patient is None:
        return found
    case = verification.realizer.read_back(evidence.patient)
    words = [
        f"{fact} {verification.shown(fact, value)}: {ends(case, value)}".replace(
            "True", "yes"
        ).replace("False", "no")
        for value in (one, other)
    ]
    return replace(found, notes=(f"{words[0]}; {words[1]}.", *found.notes))
