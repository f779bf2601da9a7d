"""The tables of clinical.md keep their own invariants, over seeded random cases of the oracle.

Every invariant must also be put to the test: a premise that no case meets fails as well.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from random import Random

import pytest

from tests.liver_mets.oracle import TRACKS, conflicts, evaluate, predicates
from tests.liver_mets.oracle.domain import FACTS, is_allowed, random_case
from tests.liver_mets.oracle.facts import Case, first_match
from tests.liver_mets.oracle.invariants import (
    INVARIANTS,
    PERMISSIONS,
    Seen,
    Test,
    replaced_by_unknown,
    see,
)
from tests.liver_mets.oracle.rows import RESECTABILITY, ROWS
from tests.liver_mets.oracle.staging import CONFLICTS
from tests.liver_mets.oracle.staging import RESECTABILITY as RESECTABILITY_TABLE

CASES = 20_000
SHARES_UNKNOWN = (0.0, 0.05, 0.15, 0.4)


@pytest.fixture(scope="module")
def seen() -> list[Seen]:
    rng = Random(20240)
    return [see(random_case(rng, SHARES_UNKNOWN[i % 4])) for i in range(CASES)]


def shown(one: Seen) -> Mapping[str, object]:
    """What a reader needs in order to follow a broken invariant."""
    known = {name: value for name, value in one.c.items() if value != "unknown"}
    return {**one.tracks, **one.known, "case": known}


@pytest.mark.parametrize(
    ("premise", "conclusion"), [row[1:] for row in INVARIANTS], ids=[row[0] for row in INVARIANTS]
)
def test_invariant(seen: list[Seen], premise: Test, conclusion: Test) -> None:
    met = [one for one in seen if premise(one)]
    assert len(met) >= 5
    broken = [one for one in met if not conclusion(one)]
    assert not broken, (len(broken), shown(broken[0]))


def test_i30_cost_worries_change_the_value_track_only(seen: list[Seen]) -> None:
    changed: Counter[str] = Counter()
    for one in seen[:4000]:
        variants = [evaluate({**one.c, "financial_concern": v}) for v in (True, False, "unknown")]
        changed.update(track for track in TRACKS if len({v[track] for v in variants}) > 1)
    assert set(changed) == {"value"}


def test_i31_an_unknown_never_permits(seen: list[Seen]) -> None:
    rng = Random(31)
    for one in seen[:2500]:
        for name in rng.sample(sorted(FACTS), 8):
            after = predicates(replaced_by_unknown(one.c, name))
            opened = [p for p in PERMISSIONS if after[p] and not one.may[p]]
            assert not opened, (name, opened, shown(one))


def test_i31_an_unknown_opens_no_row_that_breaks_an_invariant(seen: list[Seen]) -> None:
    rng = Random(32)
    treated = [one for one in seen if not one.local(("NONE",))][:2500]
    moved = 0
    for one in treated:
        for name in rng.sample(sorted(FACTS), 4):
            after = see(replaced_by_unknown(one.c, name))
            moved += after.tracks != one.tracks
            broken = [i for i, premise, holds in INVARIANTS if premise(after) and not holds(after)]
            assert not broken, (name, broken, shown(after))
    assert moved > 500


@pytest.mark.parametrize("track", TRACKS)
def test_every_row_is_reached(seen: list[Seen], track: str) -> None:
    reached = Counter(one.tracks[track] for one in seen)
    assert set(reached) == set(ROWS[track])


def test_every_conflict_and_class_row_is_reached(seen: list[Seen]) -> None:
    found = Counter(name for one in seen for name in conflicts(one.c))
    assert set(found) == {name for name, _ in CONFLICTS}
    rows = Counter(first_match(RESECTABILITY_TABLE, one.c) for one in seen)
    assert set(rows) == set(RESECTABILITY)


def test_random_cases_are_complete_allowed_and_repeatable(seen: list[Seen]) -> None:
    for one in seen[:2000]:
        assert set(one.c) == set(FACTS)
        assert all(is_allowed(name, value) for name, value in one.c.items())
    again = draw_one(5)
    assert again == draw_one(5)
    assert again != draw_one(6)


def draw_one(seed: int) -> Case:
    return random_case(Random(seed), 0.15)
