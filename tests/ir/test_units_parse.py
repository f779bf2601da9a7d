"""Reading units: what each text means, and what is refused."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pathwaylang.ir.units import (
    UNIT_ALIASES,
    UNITLESS,
    Unit,
    UnitProblem,
    describe_dimension,
    known_units,
    nearest_units,
    parse_unit,
    spell_unit,
)
from pathwaylang.ir.units.atoms import ATOMS

PIECES = ["mg", "mL", "10", "10*", "x10^9", "/", ".", "(", ")", "{x}", "²", "-", "9", "1.73m2", " ",
          "[IU]", "Cel", "min", "%", "µ", "°C", "foo"]  # fmt: skip


def unit(text: str) -> Unit:
    """Return the unit of a text that must be one."""
    found = parse_unit(text)
    assert isinstance(found, Unit), found
    return found


def problem(text: str) -> UnitProblem:
    """Return the problem of a text that must be none."""
    found = parse_unit(text)
    assert isinstance(found, UnitProblem), found
    return found


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("x10^9/L", "10*9/L"),
        ("10*9/L", "10*9/L"),
        ("10^9/L", "10*9/L"),
        ("×10⁹/L", "10*9/L"),
        ("G/L", "10*9/L"),
        ("mL/min/1.73m2", "mL/min/{1.73_m2}"),
        ("mL/min/{1.73_m2}", "mL/min/{1.73_m2}"),
        ("mL/min/1.73 m²", "mL/min/{1.73_m2}"),
        ("mL/min/1.73m^2", "mL/min/{1.73_m2}"),
        ("month", "mo"),
        ("months", "mo"),
        ("years", "a"),
        ("days", "d"),
        ("weeks", "wk"),
        ("mmHg", "mm[Hg]"),
        ("µmol/L", "umol/L"),
        ("μmol/L", "umol/L"),
        ("mcg", "ug"),
        ("IU/L", "[IU]/L"),
        ("mIU/mL", "m[IU]/mL"),
        ("[iU]/L", "[IU]/L"),
        ("mEq/L", "meq/L"),
        ("mOsm/kg", "mosm/kg"),
        ("kg/m^2", "kg/m2"),
        ("kg/m²", "kg/m2"),
        ("kg.m-2", "kg/m2"),
        ("degC", "Cel"),
        ("bpm", "/min"),
        ("1/min", "/min"),
        ("min-1", "/min"),
        ("cmH2O", "cm[H2O]"),
        ("ml", "mL"),
        ("mg / dL", "mg/dL"),
        ("mg/24h", "mg/(24.h)"),
        ("mg/24.h", "mg.h/24"),
        ("g/100mL", "g/(100.mL)"),
        ("ug/(10.mg)", "ug/(10.mg)"),
        ("{mitoses}/10HPF", "{mitoses}/(10.[HPF])"),
        ("mg/g{creat}", "mg/g{creat}"),
        ("mmol/mol", "mmol/mol"),
        ("cells/uL", "{cells}/uL"),
        ("K/µL", "10*3/uL"),
        ("1", "1"),
        ("{score}", "{score}"),
    ],
)
def test_spellings_and_their_code(text: str, code: str) -> None:
    assert unit(text).code == code


@pytest.mark.parametrize(
    ("text", "factor"),
    [
        ("%", "1/100"),
        ("[ppm]", "1/1000000"),
        ("mg/dL", "10"),
        ("mL", "1/1000000"),
        ("10*9/L", "1000000000000"),
        ("mg.h/24", "3/20"),
        ("mg/24.h", "3/20"),
        ("(mg/L)/(g/dL)", "1/10000"),
        ("/(2.mm2)", "500000"),
        ("ug/(24.h)", "1/86400000000"),
        ("dam", "10"),
        ("GBq", "1000000000"),
        ("mo", "2629800"),
        ("a", "31557600"),
    ],
)
def test_exact_factors(text: str, factor: str) -> None:
    assert unit(text).factor == Fraction(factor)


@pytest.mark.parametrize(
    ("symbol", "name"),
    [("min", "minute"), ("cd", "candela"), ("Pa", "pascal"), ("h", "hour"), ("T", "tesla")],
)
def test_whole_symbols_come_before_prefixes(symbol: str, name: str) -> None:
    assert spell_unit(unit(symbol)) == name
    assert ATOMS[symbol].dimension == unit(symbol).dimension


def test_text_is_kept_and_stays_outside_equality() -> None:
    assert unit("mcg").text == "mcg"
    assert unit("mcg") == unit("ug") == unit("µg")
    assert hash(unit("mcg")) == hash(unit("ug"))
    assert unit("1") == UNITLESS


@pytest.mark.parametrize(
    ("text", "reason", "part"),
    [
        ("", "empty", "missing"),
        ("mgdl", "unknown", "`mgdl`"),
        ("Kg", "unknown", "`Kg`"),
        ("mg/foo", "unknown", "`foo` in `mg/foo`"),
        ("kmin", "unknown", "`kmin`"),
        ("m[lb_av]", "unknown", "`m[lb_av]`"),
        ("mg dL", "unknown", "`mg dL`"),
        ("mg//dL", "syntax", "wrong place"),
        ("mg/", "syntax", "not complete"),
        (".mg", "syntax", "wrong place"),
        ("(mg", "syntax", "not complete"),
        ("mg)", "syntax", "wrong place"),
        ("()", "syntax", "wrong place"),
        ("m2kg", "syntax", "missing"),
        ("mg(L)", "syntax", "wrong place"),
        ("m{a}{b}", "syntax", "missing"),
        ("mL/min{1.73_m2}", "syntax", "needs a `/`"),
        ("1.73", "syntax", "not whole"),
        ("1.5.mL", "syntax", "not whole"),
        ("0.mL", "syntax", "no unit needs"),
        ("10*99", "syntax", "no unit needs"),
        ("m31", "syntax", "no unit needs"),
        ("Ym30.Ym30.Ym30", "syntax", "no unit needs"),
        ("m0", "syntax", "no unit needs"),
        ("Cel/h", "scale", "zero"),
        ("Cel2", "scale", "zero"),
        ("/Cel", "scale", "zero"),
        ("m" * 81, "too-long", "too long"),
    ],
)
def test_problems_say_what_is_wrong(text: str, reason: str, part: str) -> None:
    found = problem(text)
    assert found.reason == reason
    assert part in found.message


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_what_parses_has_a_code_that_parses_to_the_same(text: str) -> None:
    found = parse_unit(text)
    if isinstance(found, Unit):
        assert found.factor > 0
        assert found.text == text.strip()
        again = unit(found.code)
        assert (again.code, again.dimension, again.factor) == (
            found.code,
            found.dimension,
            found.factor,
        )
    else:
        assert found.message
        assert "\n" not in found.message


@given(st.text(max_size=100))
def test_any_text_gives_a_value_not_an_exception(text: str) -> None:
    assert isinstance(parse_unit(text), Unit | UnitProblem)


@pytest.mark.parametrize(("alias", "code"), sorted(UNIT_ALIASES.items()))
def test_every_alias_means_its_code(alias: str, code: str) -> None:
    assert unit(alias) == unit(code)


def test_every_code_of_the_catalogue_is_its_own_code() -> None:
    known = [known for group in known_units() for known in group.units]
    assert len(known) > 150
    for entry in known:
        assert unit(entry.unit.code) == entry.unit
        assert entry.words == spell_unit(entry.unit)
        assert all(unit(alias) == entry.unit for alias in entry.aliases)


def test_groups_hold_one_dimension_each_and_differ() -> None:
    groups = known_units()
    dimensions = [{known.unit.dimension for known in group.units} for group in groups]
    assert all(len(found) == 1 for found in dimensions)
    assert len(set.union(*dimensions)) == len(groups) == len({group.kind for group in groups})
    assert {group.kind for group in groups} >= {"length", "mass per volume", "a plain number"}


def test_every_alias_stands_in_the_catalogue() -> None:
    listed = {alias for group in known_units() for known in group.units for alias in known.aliases}
    assert listed == set(UNIT_ALIASES)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("mg/dL", "mass per volume"),
        ("umol/L", "amount of substance per volume"),
        ("cm", "length"),
        ("m2", "area"),
        ("dL", "volume"),
        ("%", "a plain number"),
        ("/min", "number per time"),
        ("10*9/L", "number per volume"),
        ("U/L", "catalytic activity per volume"),
        ("IU/L", "international units per volume"),
        ("mm[Hg]", "pressure"),
        ("mL/min/1.73m2", "volume per time per body surface of 1.73 m2"),
        ("Gy", "absorbed dose"),
        ("mmol/mol", "amount of substance per amount of substance"),
        ("kg.m", "mass times length"),
        ("g/s2", "mass per time squared"),
        ("mg/m4", "mass per length to the power 4"),
    ],
)
def test_words_for_dimensions(text: str, kind: str) -> None:
    assert describe_dimension(unit(text).dimension) == kind


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("mgdl", "mg/dL"),
        ("MG/DL", "mg/dL"),
        ("mg-dl", "mg/dL"),
        ("umoll", "umol/L"),
        ("mmhg", "mmHg"),
        ("kg/m", "kg/m2"),
        ("monht", "month"),
        ("Kg", "kg"),
        ("ng/ml.", "ng/mL"),
        ("mL/min/1.73", "mL/min/1.73m2"),
    ],
)
def test_nearest_unit(written: str, meant: str) -> None:
    assert nearest_units(written, 1) == (meant,)


def test_nearest_units_are_different_units_that_parse() -> None:
    found = nearest_units("mg/fL", 3)
    assert len({unit(text).code for text in found}) == len(found) == 3
    assert nearest_units("qqqqqqqq") == ()
