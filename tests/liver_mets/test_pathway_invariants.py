"""The invariants of the tables hold of the built pathway.

The oracle's invariants judge here what the pathway itself answers for random cases. I22 and I31,
which no rule of the language can say, are proved over all cases on the diagrams as well.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from random import Random

import pytest

from pathwaylang.compiler.verify.verification import Verification
from pathwaylang.ir.facts import UNKNOWN, Value
from pathwaylang.ir.guards import Guard, Holds, OneOf
from tests.liver_mets import built
from tests.liver_mets.oracle.domain import FACTS, random_case
from tests.liver_mets.oracle.invariants import INVARIANTS, PERMISSIONS, Seen, Test

CASES = 8_000
SHARES_UNKNOWN = (0.0, 0.05, 0.15, 0.4)
ESTABLISHED = "dx_established"
OF_THE_DEFINITION = ("I7b",)
"""Invariants of a definition that the pathway has as a text only."""

JUDGED = [row for row in INVARIANTS if row[0] not in OF_THE_DEFINITION]


def see(case: Mapping[str, Value]) -> Seen:
    """Collect what the built pathway says of one case."""
    values = built.walker().values(case)
    return Seen(case, built.rows(values), {**built.classes(values)}, built.predicates(values))


@cache
def seen() -> tuple[Seen, ...]:
    rng = Random(4711)
    return tuple(see(random_case(rng, SHARES_UNKNOWN[i % 4])) for i in range(CASES))


def test_every_invariant_holds_of_the_built_pathway() -> None:
    """One test, so that one process draws the cases."""
    for name, premise, conclusion in JUDGED:
        judge(name, premise, conclusion)


def judge(name: str, premise: Test, conclusion: Test) -> None:
    met = [one for one in seen() if premise(one)]
    assert len(met) >= 3, f"{name} is not put to the test"
    for one in met:
        told = {fact: str(value) for fact, value in one.c.items() if value != UNKNOWN}
        assert conclusion(one), (name, one.tracks, told)


def test_the_alpps_variant_is_bound_to_the_liver_in_the_text() -> None:
    """I7: nothing but the staged recommendation speaks of it, and there it is a thing to avoid."""
    told = {item.name: item for item in built.graph().recommendations}
    texts = {name: " ".join((item.label, *item.do, *item.avoid)) for name, item in told.items()}
    speaking = {name for name, text in texts.items() if "ALPPS" in text}
    assert speaking == {"flr_augmentation_staged"}
    (avoided,) = told["flr_augmentation_staged"].avoid
    assert avoided.startswith("ALPPS, unless the liver is normal or only injured by chemo")


# ------------------------------------------------------------ I22: who establishes the diagnosis


def test_i22_only_a21_and_a27_tell_to_record_the_diagnosis() -> None:
    telling, leading = set(), set()
    for branch in built.branches().values():
        texts = (*branch.basis.notes, *branch.basis.because, *branch.basis.opinions)
        telling |= {branch.id for text in texts if ESTABLISHED in text}
        if branch.outcome.target == "stage" and branch.outcome.names == ("staging",):
            leading.add(branch.id)
    assert telling == leading == {"A21", "A27"}
    for item in built.graph().recommendations:
        assert ESTABLISHED not in " ".join((item.label, *item.do, *item.avoid, *item.basis.notes))


@cache
def verification() -> Verification:
    found = built.compilation().findings.verification
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("row", "needed"),
    [
        ("A21", Holds("primary_histology_available")),
        ("A27", OneOf("biopsy_result", ("metastasis",))),
    ],
    ids=["A21", "A27"],
)
def test_i22_histology_stands_behind_each(row: str, needed: Guard) -> None:
    """No case at all takes the row while what it needs is not known to hold."""
    flow, space = verification().flow, verification().space
    taken = flow.track_says("diagnosis", (row,))
    assert space.count(taken) > 0
    assert space.count(space.conj(taken, space.neg(flow.certainly(needed)))) == 0


def test_i22_no_way_to_staging_without_histology() -> None:
    met = [one for one in seen() if one.track("diagnosis", "A21", "A27")]
    assert len(met) > 25
    for one in met:
        assert (
            one.c["primary_histology_available"] is True or one.c["biopsy_result"] == "metastasis"
        )


# ------------------------------------------------------------ I31: an unknown never permits


def test_i31_an_unknown_never_permits_in_random_cases() -> None:
    rng = Random(31)
    closed = 0
    for one in seen()[:1_500]:
        for name in rng.sample(sorted(FACTS), 6):
            after = built.predicates(built.walker().values({**one.c, name: UNKNOWN}))
            opened = [p for p in PERMISSIONS if after[p] and not one.may[p]]
            assert not opened, (name, opened, one.c)
            closed += any(one.may[p] and not after[p] for p in PERMISSIONS)
    assert closed > 100


@pytest.mark.parametrize("permission", PERMISSIONS)
def test_i31_an_unknown_never_permits_in_any_case(permission: str) -> None:
    """Where the predicate holds with a fact unknown, it holds with each value of that fact."""
    space, partition = verification().space, verification().partition
    node = space.certain(verification().flow.symbolic.derived(permission.lower()))
    assert 0 < space.count(node) < space.total()
    tried = 0
    for level in space.support(node):
        cells = partition.cells.get(space.names[level])
        if cells is None:
            continue
        assert cells.unknown is not None
        without = space.restrict(node, {level: cells.unknown})
        for cell in range(len(cells.counts)):
            broken = space.conj(without, space.neg(space.restrict(node, {level: cell})))
            assert space.count(broken) == 0, space.names[level]
            tried += 1
    assert tried > 5
