"""The built pathway and the independent transcription of its tables agree, case by case.

50,000 random cases, complete and partly unknown, go through the reference evaluator: the row of
every track, the classes, scores, contradictions and predicates. A part goes through the artifact
and the runtime, as an app would send it. Cases with facts that are not recorded are held to what
the transcription says of their completions.
"""

from __future__ import annotations

from fractions import Fraction
from random import Random

import pytest

from tests.liver_mets import built, oracle
from tests.liver_mets.oracle.catalogue import FACTS, Choice
from tests.liver_mets.oracle.domain import random_case, random_value
from tests.liver_mets.oracle.facts import Value

SHARES_UNKNOWN = (0.0, 0.05, 0.15, 0.4)
SEEDS, CASES = range(25), 2_000

RUNTIME_SEEDS, RUNTIME_CASES = range(100, 108), 250
RUNTIME_IN_CI = 2

SHARES_ABSENT = (0.02, 0.05, 0.15, 0.4, 0.8)
ABSENT_SEEDS, ABSENT_CASES = range(200, 210), 120
ABSENT_IN_CI = 2
COMPLETIONS = 16


def first(seeds: range, few: int) -> list[object]:
    """All seeds; those after the first few are long."""
    long = [pytest.param(seed, marks=pytest.mark.long) for seed in seeds[few:]]
    return [*seeds[:few], *long]


def draw(rng: Random, number: int) -> dict[str, Value]:
    return random_case(rng, SHARES_UNKNOWN[number % len(SHARES_UNKNOWN)])


def shown(case: oracle.Case) -> dict[str, object]:
    """What a reader needs in order to follow a difference."""
    return {name: str(value) for name, value in case.items() if value != "unknown"}


# ------------------------------------------------------------ the reference evaluator


def expected(case: oracle.Case) -> dict[str, object]:
    known = oracle.classes(case)
    return {
        **oracle.evaluate(case),
        **{name: known[name] for name in (*built.CLASSES, *built.SCORES)},
        **{name: v for name, v in oracle.predicates(case).items() if name in built.PERMITS},
        "conflicts": oracle.conflicts(case),
    }


def given(case: oracle.Case) -> dict[str, object]:
    values = built.walker().values(case)
    return {
        **built.rows(values),
        **built.classes(values),
        **built.predicates(values),
        "conflicts": built.conflicts(values),
    }


@pytest.mark.parametrize("seed", SEEDS)
def test_rows_classes_and_predicates_agree(seed: int) -> None:
    rng = Random(seed)
    for number in range(CASES):
        case = draw(rng, number)
        wanted, found = expected(case), given(case)
        if wanted != found:
            differing = {n: (wanted[n], found[n]) for n in wanted if wanted[n] != found[n]}
            pytest.fail(f"oracle, pathway: {differing}\nin {shown(case)}")


def test_there_are_50_000_cases() -> None:
    assert len(SEEDS) * CASES == 50_000


def test_albi_and_the_least_remnant_agree() -> None:
    rng = Random(77)
    seen: set[object] = set()
    for number in range(1_000):
        case = draw(rng, number)
        values = built.walker().values(case)
        wanted, found = oracle.albi(case), values("albi")
        if isinstance(found, Fraction):
            assert abs(found - Fraction(wanted)) <= Fraction(2, 10**9), shown(case)
        else:
            assert found == wanted
        assert values("flr_threshold") == oracle.staging.flr_threshold(case)
        seen.update((values("flr_threshold"), values("albi_grade")))
    assert seen == {
        Fraction(20),
        Fraction(30),
        Fraction(40),
        "grade1",
        "grade2",
        "grade3",
        "not_known",
    }


def test_both_have_the_same_facts_and_values() -> None:
    """Facts that the pathway has beside them are read by calculators only."""
    facts = {fact.name: fact for fact in built.graph().facts}
    for name, domain in FACTS.items():
        fact = facts[name]
        assert fact.may_be_unknown
        if not isinstance(domain, Choice):
            assert fact.range is not None
            ends = (fact.range.low, fact.range.high, 1 if fact.whole else fact.step)
            assert ends == (domain.low, domain.high, domain.step), name
        elif fact.fact_kind == "yes/no":
            assert domain.values == (True, False), name
        else:
            assert {choice.name for choice in fact.choices} == set(domain.values), name
    assert set(facts) - set(FACTS) == {
        *("flr_before", "flr_after", "growth_weeks", "height", "weight", "remnant_ml"),
        *("months_to_transplant", "tare_activity"),
    }


# ------------------------------------------------------------ the artifact and the runtime


@pytest.mark.parametrize("seed", first(RUNTIME_SEEDS, RUNTIME_IN_CI))
def test_the_runtime_answers_as_the_oracle(seed: int) -> None:
    pathway = built.pathway()
    rng = Random(seed)
    for number in range(RUNTIME_CASES):
        case = draw(rng, number)
        recorded = pathway.case(built.as_json(case))
        assert not recorded.notes, "every value is read as it is given"
        answers = {}
        for stage in built.STAGES:
            for entry in pathway.evaluate(recorded, stage).tracks:
                assert entry.status == "recommendation", (entry, shown(case))
                answers[entry.track] = built.row_of(entry.track, built.branches()[entry.branch])
        del answers["next"]
        assert answers == oracle.evaluate(case), shown(case)


# ------------------------------------------------------------ facts that are not recorded


def completed(rng: Random, case: dict[str, Value], absent: list[str]) -> list[dict[str, Value]]:
    """The case itself, completions far from it, and completions beside it."""
    found = [case]
    for number in range(COMPLETIONS - 1):
        anew = (
            absent if number % 3 == 0 else rng.sample(absent, min(len(absent), rng.randint(1, 3)))
        )
        found.append({**case, **{name: random_value(rng, name, 0.2) for name in anew}})
    return found


def outcome_of(track: str, row: str) -> str:
    """Return the outcome of a row of the oracle as answers name it."""
    if track == "m_category":
        return next(name for name in built.labels() if built.category(name) == row)
    branch = {"local": "L_NONE", "systemic": "S_NONE"}[track] if row == "NONE" else row
    return built.branches()[branch].outcome.text


@pytest.mark.parametrize("seed", first(ABSENT_SEEDS, ABSENT_IN_CI))
def test_what_is_certain_of_an_incomplete_case_holds_for_its_completions(seed: int) -> None:
    pathway = built.pathway()
    rng = Random(seed)
    certain = asked = told_apart = 0
    for number in range(ABSENT_CASES):
        case = draw(rng, rng.randrange(4))
        share = SHARES_ABSENT[number % len(SHARES_ABSENT)]
        absent = [name for name in case if rng.random() < share]
        recorded = pathway.case(built.as_json({n: v for n, v in case.items() if n not in absent}))
        ways = [oracle.evaluate(one) for one in completed(rng, case, absent or ["age"])]
        for stage in built.STAGES:
            for entry in pathway.evaluate(recorded, stage).tracks:
                if entry.track == "next":
                    continue
                rows = {way[entry.track] for way in ways}
                outcomes = {outcome_of(entry.track, row) for row in rows}
                where = (entry.track, entry.outcome, rows, sorted(absent), shown(case))
                if entry.status == "recommendation":
                    certain += bool(absent)
                    found = {built.row_of(entry.track, built.branches()[b]) for b in entry.branches}
                    assert outcomes == {entry.outcome}, where
                    assert rows <= found, where
                else:
                    asked += 1
                    told_apart += len(outcomes) > 1
                    assert entry.status == "request", where
                    assert outcomes <= set(entry.possible), where
                    assert entry.requests, where
    assert min(certain, asked, told_apart) >= 100
