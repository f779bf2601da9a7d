"""Exact conversion and arithmetic of units."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pathwaylang.ir.units import (
    UNITLESS,
    Unit,
    UnitBridge,
    UnitProblem,
    convert,
    divide,
    is_same_dimension,
    known_units,
    multiply,
    parse_bridge,
    power,
)
from tests.ir.test_units_parse import unit

GROUPS = [[known.unit for known in group.units] for group in known_units()]
UNITS = [found for group in GROUPS for found in group]
PAIRS = st.sampled_from(GROUPS).flatmap(
    lambda group: st.tuples(st.sampled_from(group), st.sampled_from(group))
)
VALUES = st.fractions(min_value=-(10**6), max_value=10**6, max_denominator=10**4)
TIMES = [found for found in UNITS if not found.is_scale]


def bridge(left: str, right: str) -> UnitBridge:
    """Return the bridge `1 mg/dL`, `17.1 umol/L`."""
    value, _, left_unit = left.partition(" ")
    other, _, right_unit = right.partition(" ")
    found = parse_bridge(Fraction(value), left_unit, Fraction(other), right_unit)
    assert isinstance(found, UnitBridge), found
    return found


BILIRUBIN = bridge("1 mg/dL", "17.1 umol/L")


@pytest.mark.parametrize(
    ("value", "source", "target", "expected"),
    [
        # Known equalities, checked by hand.
        ("1", "[lb_av]", "kg", "0.45359237"),
        ("16", "[oz_av]", "[lb_av]", "1"),
        ("14", "[lb_av]", "[stone_av]", "1"),
        ("1", "[in_i]", "cm", "2.54"),
        ("12", "[in_i]", "[ft_i]", "1"),
        ("1", "mm[Hg]", "Pa", "133.322"),
        ("1", "cm[H2O]", "Pa", "98.0665"),
        ("1", "atm", "kPa", "101.325"),
        ("0", "Cel", "K", "273.15"),
        ("37", "Cel", "[degF]", "98.6"),
        ("-40", "[degF]", "Cel", "-40"),
        ("1", "a", "d", "365.25"),
        ("12", "mo", "a", "1"),
        ("1", "mo", "d", "30.4375"),
        ("2", "wk", "d", "14"),
        ("1", "U", "umol/min", "1"),
        ("60", "U/L", "ukat/L", "1"),
        ("1", "Ci", "GBq", "37"),
        ("100", "cGy", "Gy", "1"),
        ("1", "kcal", "kJ", "4.184"),
        ("1", "[wood'U]", "dyn.s/cm5", "79.9932"),
        ("3", "[Ch]", "mm", "1"),
        ("250", "10*3/uL", "10*9/L", "250"),
        ("250", "10*9/L", "/uL", "250000"),
        ("20", "%", "1", "0.2"),
        ("3.5", "g/dL", "g/L", "35"),
        ("1", "mg/24h", "mg/d", "1"),
        ("1", "g/100mL", "g/dL", "1"),
        ("20", "[drp]", "mL", "1"),
        ("1", "[tbs_us]", "[tsp_us]", "3"),
        ("2", "[tbs_us]", "[foz_us]", "1"),
        ("1", "kg/m2", "g/cm2", "0.1"),
        ("1", "[MET]", "mL/min/kg", "3.5"),
        ("1", "ug/mL", "ng/mL", "1000"),
    ],
)
def test_known_equalities(value: str, source: str, target: str, expected: str) -> None:
    assert convert(Fraction(value), unit(source), unit(target)) == Fraction(expected)


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("mg/dL", "umol/L"),
        ("IU/L", "U/L"),
        ("mEq/L", "mmol/L"),
        ("mosm/L", "mmol/L"),
        ("mL/min/1.73m2", "mL/min"),
        ("mL/min/1.73m2", "mm/h"),
        ("mmol/mol", "%"),
        ("Gy", "Sv"),
        ("Bq", "Hz"),
        ("[CFU]/mL", "/mL"),
        ("[HPF]", "1"),
        ("[hnsf'U]", "1"),
        ("cm", "cm2"),
    ],
)
def test_what_must_not_convert(source: str, target: str) -> None:
    assert convert(Fraction(1), unit(source), unit(target)) is None
    assert convert(Fraction(1), unit(target), unit(source)) is None
    assert not is_same_dimension(unit(source), unit(target))


@given(PAIRS, VALUES)
def test_there_and_back_is_exact(pair: tuple[Unit, Unit], value: Fraction) -> None:
    source, target = pair
    there = convert(value, source, target)
    assert there is not None
    assert convert(there, target, source) == value


@given(PAIRS, VALUES, VALUES)
def test_conversion_keeps_the_order(
    pair: tuple[Unit, Unit], left: Fraction, right: Fraction
) -> None:
    source, target = pair
    first, second = convert(left, source, target), convert(right, source, target)
    assert first is not None
    assert second is not None
    assert (first < second) == (left < right)


def test_a_bridge_works_both_ways_and_with_its_neighbours() -> None:
    mass, substance = unit("mg/dL"), unit("umol/L")
    assert convert(Fraction(3), mass, substance, [BILIRUBIN]) == Fraction("51.3")
    assert convert(Fraction("51.3"), substance, mass, [BILIRUBIN]) == 3
    assert convert(Fraction(3), mass, unit("mmol/L"), [BILIRUBIN]) == Fraction("0.0513")
    assert convert(Fraction("0.0513"), unit("mmol/L"), unit("g/L"), [BILIRUBIN]) == Fraction("0.03")
    assert convert(Fraction(1), mass, unit("U/L"), [BILIRUBIN]) is None


def test_bridges_chain_by_the_shortest_way() -> None:
    chain = [bridge("1 IU/L", "2 mg/L"), bridge("1 mg/L", "5 umol/L")]
    assert convert(Fraction(1), unit("IU/L"), unit("umol/L"), chain) == 10
    direct = [*chain, bridge("1 IU/L", "11 umol/L")]
    assert convert(Fraction(1), unit("IU/L"), unit("umol/L"), direct) == 11
    assert convert(Fraction(1), unit("mg/L"), unit("g/L"), direct) == Fraction("0.001")


@given(VALUES, st.sampled_from(["mg/dL", "g/L", "ug/mL"]), st.sampled_from(["umol/L", "mol/L"]))
def test_bridged_conversion_there_and_back(value: Fraction, mass: str, substance: str) -> None:
    there = convert(value, unit(mass), unit(substance), [BILIRUBIN])
    assert there is not None
    assert convert(there, unit(substance), unit(mass), [BILIRUBIN]) == value


@pytest.mark.parametrize(
    ("left", "right", "part"),
    [
        (("1", "mg/dL"), ("10", "mg/L"), "already"),
        (("0", "mg/dL"), ("17.1", "umol/L"), "above zero"),
        (("1", "mg/dL"), ("-1", "umol/L"), "above zero"),
        (("1", "Cel"), ("1", "m"), "zero of its own"),
        (("1", "mgdl"), ("1", "umol/L"), "unknown unit `mgdl`"),
        (("1", "mg/dL"), ("1", "umoll"), "unknown unit `umoll`"),
    ],
)
def test_bridges_that_cannot_be(left: tuple[str, str], right: tuple[str, str], part: str) -> None:
    found = parse_bridge(Fraction(left[0]), left[1], Fraction(right[0]), right[1])
    assert isinstance(found, UnitProblem)
    assert part in found.message


def test_units_of_formulas() -> None:
    square = multiply(unit("m"), unit("m"))
    assert isinstance(square, Unit)
    index = divide(unit("kg"), square)
    assert index == unit("kg/m2")
    assert divide(unit("mg/dL"), unit("mg/dL")) == UNITLESS
    assert divide(unit("mmol/L"), unit("mmol/L")) == UNITLESS
    assert multiply(unit("mg/L"), unit("L")) == unit("mg")
    assert multiply(unit("{score}"), unit("{score}")) == UNITLESS
    assert multiply(unit("mmol/mol"), UNITLESS) == unit("mmol/mol")
    assert divide(UNITLESS, unit("min")) == unit("/min")


def test_products_with_mixed_scales_keep_their_factor() -> None:
    mixed = divide(unit("g/dL"), unit("mg/L"))
    assert isinstance(mixed, Unit)
    assert mixed.is_plain
    assert mixed.factor == 10_000


@given(st.sampled_from(TIMES), st.sampled_from(TIMES))
def test_division_undoes_multiplication(left: Unit, right: Unit) -> None:
    product = multiply(left, right)
    assert isinstance(product, Unit)
    assert product.factor == left.factor * right.factor
    back = divide(product, right)
    assert isinstance(back, Unit)
    assert back.factor == left.factor
    if "substance ratio" not in dict(left.dimension + right.dimension):
        assert back.dimension == left.dimension


@given(st.sampled_from(TIMES), st.integers(2, 4))
def test_roots_undo_powers(base: Unit, degree: int) -> None:
    raised = power(base, Fraction(degree))
    assert isinstance(raised, Unit)
    assert raised.factor == base.factor**degree
    root = power(raised, Fraction(1, degree))
    assert isinstance(root, Unit)
    assert (root.dimension, root.factor) == (base.dimension, base.factor)


def test_powers_that_have_no_unit() -> None:
    for found in (power(unit("km"), Fraction(1, 2)), power(unit("m"), Fraction(31))):
        assert isinstance(found, UnitProblem)
        assert found.reason == "inexact"
    assert power(unit("m2"), Fraction(1, 2)) == unit("m")
    assert power(unit("Cel"), Fraction(1)) == unit("Cel")


def test_scales_have_no_products() -> None:
    celsius = unit("Cel")
    for found in (
        multiply(celsius, UNITLESS),
        multiply(unit("m"), celsius),
        divide(celsius, celsius),
        divide(celsius, UNITLESS),
        power(celsius, Fraction(2)),
    ):
        assert isinstance(found, UnitProblem)
        assert found.reason == "scale"
