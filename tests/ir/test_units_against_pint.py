"""Units against two independent implementations: pint, and ucumvert with UCUM's own table.

Both calculate in binary64, so they agree with the exact factors to nine digits. Where this project
or pint departs from UCUM on purpose the difference is listed here, with its reason, and a listed
difference that disappears fails as well.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pathwaylang.ir.units import UNIT_ALIASES, Unit, UnitProblem, convert, is_same_dimension
from pathwaylang.ir.units import parse_unit as parse
from tests.ir.test_units_parse import unit

pint = pytest.importorskip("pint", reason="pint is not installed")
REGISTRY = pint.UnitRegistry()

# What is written in a pathway -> the same in pint's words.
TABLE = {
    "m": "meter", "cm": "centimeter", "mm": "millimeter", "um": "micrometer", "km": "kilometer",
    "[in_i]": "inch", "[ft_i]": "foot", "[mi_i]": "mile", "[Ch]": "millimeter / 3",
    "m2": "meter ** 2", "cm2": "centimeter ** 2", "cm3": "centimeter ** 3", "L": "liter",
    "dL": "deciliter", "mL": "milliliter", "uL": "microliter", "fL": "femtoliter",
    "[foz_us]": "fluid_ounce", "[tsp_us]": "teaspoon", "[tbs_us]": "tablespoon",
    "kg": "kilogram", "g": "gram", "mcg": "microgram", "ng": "nanogram", "pg": "picogram",
    "[lb_av]": "pound", "oz": "ounce", "[stone_av]": "stone", "[gr]": "grain",
    "s": "second", "min": "minute", "h": "hour", "days": "day", "weeks": "week",
    "years": "julian_year", "months": "julian_year / 12",
    "K": "kelvin", "Cel": "degree_Celsius", "degF": "degree_Fahrenheit",
    "mol": "mole", "mmol/L": "millimole / liter", "µmol/L": "micromole / liter",
    "mg/dL": "milligram / deciliter", "g/dL": "gram / deciliter", "ng/mL": "nanogram / milliliter",
    "g/100mL": "gram / (100 * milliliter)", "mg/mmol": "milligram / millimole",
    "mg/24h": "milligram / (24 * hour)", "ug/kg/min": "microgram / kilogram / minute",
    "kg/m2": "kilogram / meter ** 2", "mg/m2": "milligram / meter ** 2",
    "x10^9/L": "1e9 / liter", "/uL": "1 / microliter", "bpm": "1 / minute", "%": "percent",
    "ppm": "ppm", "1": "dimensionless", "Hz": "hertz",
    "mL/min": "milliliter / minute", "L/min/m2": "liter / minute / meter ** 2",
    "mm/h": "millimeter / hour", "cm/s": "centimeter / second",
    "kPa": "kilopascal", "bar": "bar", "atm": "atmosphere", "cmH2O": "centimeter_H2O",
    "kcal": "kilocalorie", "kJ": "kilojoule", "W": "watt", "N": "newton", "dyn": "dyne",
    "dyn.s/cm5": "dyne * second / centimeter ** 5", "P": "poise", "erg": "erg",
    "Gy": "gray", "cGy": "centigray", "U/L": "enzyme_unit / liter", "ukat/L": "microkatal / liter",
    "mV": "millivolt", "mA": "milliampere", "Ohm": "ohm", "S": "siemens", "T": "tesla",
    "C": "coulomb", "cd": "candela", "kg.m2/s2": "kilogram * meter ** 2 / second ** 2",
    "[diop]": "1 / meter", "[MET]": "3.5 * milliliter / minute / kilogram",
}  # fmt: skip
NAMES = sorted(TABLE)


def _in_pint(value: float, name: str) -> object:
    factor = REGISTRY.parse_expression(TABLE[name])
    if isinstance(factor, int | float):
        return REGISTRY.Quantity(value * factor, "dimensionless")
    return REGISTRY.Quantity(value * factor.magnitude, factor.units)


@cache
def _dimensions_of(name: str) -> object:
    return REGISTRY.get_dimensionality(_in_pint(1.0, name).units)


def test_the_table_is_large_enough() -> None:
    assert len(TABLE) >= 60


@pytest.mark.parametrize("left", NAMES)
def test_dimensions_are_the_same_exactly_where_pint_says_so(left: str) -> None:
    for right in NAMES:
        expected = _dimensions_of(left) == _dimensions_of(right)
        assert is_same_dimension(unit(left), unit(right)) == expected, right


def _families() -> list[list[str]]:
    families: dict[object, list[str]] = {}
    for name in NAMES:
        families.setdefault(str(_dimensions_of(name)), []).append(name)
    return [names for names in families.values() if len(names) > 1]


@given(
    st.sampled_from(_families()).flatmap(
        lambda names: st.tuples(st.sampled_from(names), st.sampled_from(names))
    ),
    st.decimals(min_value="0.001", max_value=10**6, places=3),
)
def test_random_conversions_agree_with_pint(pair: tuple[str, str], value: object) -> None:
    source, target = pair
    exact = convert(Fraction(str(value)), unit(source), unit(target))
    one = _in_pint(1.0, target)
    expected = _in_pint(float(str(value)), source).to(one.units).magnitude
    if not unit(target).is_scale:
        expected /= one.magnitude
    assert exact is not None
    assert float(exact) == pytest.approx(expected, rel=1e-9, abs=1e-9)


# Code of UCUM -> why ours differs from pint's reading of it.
DIFFERENT = {
    "mm[Hg]": "UCUM rounds mercury to 133.322 Pa, pint has 133.322387415 Pa",
    "cm[Hg]": "UCUM rounds mercury to 133.322 Pa, pint has 133.322387415 Pa",
    "dB": "logarithmic, therefore a base of its own",
    "deg": "the degree is the base of angles, the radian needs pi",
    "deg/s": "the degree is the base of angles, the radian needs pi",
}
# Aliases that UCUM reads in a way that no clinician means: gauss per litre, femtotonne, picohenry.
# `mg%` is mg/dL in UCUM too, but ucumvert reads it as milligram times percent.
READ_OTHERWISE = {"G/L", "K/uL", "T/L", "ft", "pH", "mg%"}


@pytest.fixture(scope="module")
def ucum() -> object:
    """Return ucumvert's registry, which knows UCUM's table."""
    ucumvert = pytest.importorskip("ucumvert", reason="ucumvert is not installed")
    return ucumvert.PintUcumRegistry()


def _official_codes() -> list[str]:
    """Return the example codes that UCUM publishes for electronic messages."""
    ucumvert = pytest.importorskip("ucumvert", reason="ucumvert is not installed")
    table = Path(ucumvert.__file__).parent / "vendor" / "ucum_examples.tsv"
    lines = table.read_text(encoding="utf-8").splitlines()[1:]
    return [line.split("\t")[1].strip() for line in lines]


def _factor(found: Unit) -> float:
    """Return the factor to SI units, in which mass counts in kilograms."""
    return float(found.factor) / 1000 ** float(dict(found.dimension).get("mass", 0))


def test_official_codes_have_the_factors_of_ucum(ucum: object) -> None:
    different, compared = set(), 0
    for code in _official_codes():
        found = parse(code)
        if isinstance(found, UnitProblem) or found.is_scale or code == "[pH]":
            continue
        if not any(term.symbol for term in found.terms):
            continue  # nothing but notes: ucumvert gives no unit
        meant = ucum.from_ucum(code)
        is_number = isinstance(meant, int | float)
        expected = meant if is_number else meant.to_base_units().magnitude
        compared += 1
        if _factor(found) != pytest.approx(expected, rel=1e-9):
            different.add(code)
    assert compared > 700
    assert different == set(DIFFERENT)


def test_most_official_codes_are_read() -> None:
    codes = _official_codes()
    refused = [code for code in codes if isinstance(parse(code), UnitProblem)]
    assert len(refused) < len(codes) * 0.05, refused


def test_aliases_hide_no_code_of_ucum_but_the_listed(ucum: object) -> None:
    hidden = set()
    for alias, code in UNIT_ALIASES.items():
        try:
            meant = ucum.from_ucum(alias)
        except Exception:  # ucumvert raises several kinds for "no such unit"
            continue
        factor = _factor(unit(code))
        if meant.dimensionless != unit(code).is_plain or meant.to_base_units().magnitude != (
            pytest.approx(factor, rel=1e-9)
        ):
            hidden.add(alias)
    assert hidden == READ_OTHERWISE
