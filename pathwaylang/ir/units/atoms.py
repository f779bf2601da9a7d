"""The atoms of UCUM that medicine uses, with exact factors, and the metric prefixes.

In comes a symbol such as `mmol` or `[lb_av]`; out comes its prefix and atom. Values are those of
the UCUM table, version 2.2 (2024): the millimetre of mercury is 133.322 Pa there, the month a
twelfth of the Julian year of 365.25 days. UCUM counts moles, equivalents, osmoles, becquerels,
sieverts, high power fields and Hounsfield units as other things or as plain numbers; here each is
a base of its own, since converting between them is a clinical error. pH and bel are logarithmic and
therefore also bases of their own. Whole turns need pi, so the degree is the base of angles.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType
from typing import Final

from pathwaylang.ir.units.unit import Dimension, dimension_of

BODY_SURFACE: Final = "{1.73_m2}"
"""The standard body surface: a base, so that an indexed clearance is not an absolute one."""
SUBSTANCE_RATIO: Final = "substance ratio"
"""The base of mmol/mol: HbA1c in mmol/mol is no tenth of HbA1c in percent."""


@dataclass(frozen=True, slots=True)
class Atom:
    """A unit symbol without prefix; `is_metric` atoms take prefixes."""

    code: str
    name: str
    is_metric: bool
    factor: Fraction
    dimension: Dimension
    offset: Fraction = Fraction(0)


@dataclass(frozen=True, slots=True)
class Prefix:
    """A metric prefix, or the empty one."""

    code: str
    name: str
    factor: Fraction


NO_PREFIX: Final = Prefix("", "", Fraction(1))
_PREFIXES: Final = {
    code: Prefix(code, name, Fraction(10) ** power)
    for code, name, power in (
        ("Y", "yotta", 24), ("Z", "zetta", 21), ("E", "exa", 18), ("P", "peta", 15),
        ("T", "tera", 12), ("G", "giga", 9), ("M", "mega", 6), ("k", "kilo", 3),
        ("h", "hecto", 2), ("da", "deca", 1), ("d", "deci", -1), ("c", "centi", -2),
        ("m", "milli", -3), ("u", "micro", -6), ("n", "nano", -9), ("p", "pico", -12),
        ("f", "femto", -15), ("a", "atto", -18), ("z", "zepto", -21), ("y", "yocto", -24),
    )
}  # fmt: skip

_BASES: Final = {
    "L": "length", "M": "mass", "T": "time", "K": "temperature", "N": "substance",
    "I": "current", "J": "luminous intensity",
}  # fmt: skip

# code, name, factor to the base units, dimension; a word that is no letter of _BASES is a base.
_METRIC: Final = (
    ("m", "metre", "1", "L"),
    ("g", "gram", "1", "M"),
    ("s", "second", "1", "T"),
    ("K", "kelvin", "1", "K"),
    ("mol", "mole", "1", "N"),
    ("A", "ampere", "1", "I"),
    ("cd", "candela", "1", "J"),
    ("L", "litre", "1/1000", "L3"),
    ("Hz", "hertz", "1", "T-1"),
    ("N", "newton", "1000", "M L T-2"),
    ("Pa", "pascal", "1000", "M L-1 T-2"),
    ("bar", "bar", "100000000", "M L-1 T-2"),
    ("m[Hg]", "metre of mercury", "133322000", "M L-1 T-2"),
    ("m[H2O]", "metre of water", "9806650", "M L-1 T-2"),
    ("J", "joule", "1000", "M L2 T-2"),
    ("cal", "calorie", "4184", "M L2 T-2"),
    ("erg", "erg", "1/10000", "M L2 T-2"),
    ("W", "watt", "1000", "M L2 T-3"),
    ("dyn", "dyne", "1/100", "M L T-2"),
    ("P", "poise", "100", "M L-1 T-1"),
    ("C", "coulomb", "1", "I T"),
    ("V", "volt", "1000", "M L2 T-3 I-1"),
    ("Ohm", "ohm", "1000", "M L2 T-3 I-2"),
    ("S", "siemens", "1/1000", "M-1 L-2 T3 I2"),
    ("T", "tesla", "1000", "M T-2 I-1"),
    ("lm", "lumen", "1", "J"),
    ("lx", "lux", "1", "J L-2"),
    ("Gy", "gray", "1", "L2 T-2"),
    ("RAD", "rad", "1/100", "L2 T-2"),
    ("kat", "katal", "1", "N T-1"),
    ("U", "unit of enzyme activity", "1/60000000", "N T-1"),
    ("bit", "bit", "1", "information"),
    ("By", "byte", "8", "information"),
    ("Bq", "becquerel", "1", "radioactivity"),
    ("Ci", "curie", "37000000000", "radioactivity"),
    ("Sv", "sievert", "1", "equivalent_dose"),
    ("REM", "rem", "1/100", "equivalent_dose"),
    ("eq", "equivalent", "1", "equivalents"),
    ("osm", "osmole", "1", "osmoles"),
    ("[IU]", "international unit", "1", "[IU]"),
    ("B", "bel", "1", "B"),
    ("B[SPL]", "bel of sound pressure", "1", "B[SPL]"),
)
_PLAIN_ATOMS: Final = (
    ("%", "percent", "1/100", ""),
    ("[ppth]", "part per thousand", "1/1000", ""),
    ("[ppm]", "part per million", "1/1000000", ""),
    ("[ppb]", "part per billion", "1/1000000000", ""),
    ("[pptr]", "part per trillion", "1/1000000000000", ""),
    ("min", "minute", "60", "T"),
    ("h", "hour", "3600", "T"),
    ("d", "day", "86400", "T"),
    ("wk", "week", "604800", "T"),
    ("mo", "month", "2629800", "T"),
    ("mo_j", "Julian month", "2629800", "T"),
    ("a", "year", "31557600", "T"),
    ("a_j", "Julian year", "31557600", "T"),
    ("deg", "degree", "1", "angle"),
    ("atm", "standard atmosphere", "101325000", "M L-1 T-2"),
    ("[in_i]", "inch", "0.0254", "L"),
    ("[ft_i]", "foot", "0.3048", "L"),
    ("[yd_i]", "yard", "0.9144", "L"),
    ("[mi_i]", "mile", "1609.344", "L"),
    ("[Ch]", "Charrière", "1/3000", "L"),
    ("[gr]", "grain", "0.06479891", "M"),
    ("[oz_av]", "ounce", "28.349523125", "M"),
    ("[lb_av]", "pound", "453.59237", "M"),
    ("[stone_av]", "stone", "6350.29318", "M"),
    ("[drp]", "drop", "0.00000005", "L3"),
    ("[foz_us]", "US fluid ounce", "0.0000295735295625", "L3"),
    ("[tsp_us]", "US teaspoon", "0.00000492892159375", "L3"),
    ("[tbs_us]", "US tablespoon", "0.00001478676478125", "L3"),
    ("[Cal]", "nutrition Calorie", "4184000", "M L2 T-2"),
    ("[diop]", "dioptre", "1", "L-1"),
    ("[MET]", "metabolic equivalent", "7/120000000000", "L3 M-1 T-1"),
    ("[wood'U]", "Wood unit", "7999320000", "M L-4 T-1"),
    ("[PRU]", "peripheral resistance unit", "133322000000", "M L-4 T-1"),
    (BODY_SURFACE, "1.73 square metres of body surface", "1", "body_surface"),
    ("[HPF]", "high power field", "1", "[HPF]"),
    ("[hnsf'U]", "Hounsfield unit", "1", "[hnsf'U]"),
    ("[pH]", "pH", "1", "[pH]"),
)
_ARBITRARY: Final = (
    ("[arb'U]", "arbitrary unit"),
    ("[USP'U]", "USP unit"),
    ("[CFU]", "colony forming unit"),
    ("[PFU]", "plaque forming unit"),
    ("[FFU]", "focus forming unit"),
    ("[beth'U]", "Bethesda unit"),
    ("[anti'Xa'U]", "anti factor Xa unit"),
    ("[GPL'U]", "GPL unit"),
    ("[MPL'U]", "MPL unit"),
    ("[APL'U]", "APL unit"),
    ("[FEU]", "fibrinogen equivalent unit"),
    ("[ELU]", "ELISA unit"),
    ("[EU]", "Ehrlich unit"),
    ("[AU]", "allergen unit"),
    ("[BAU]", "bioequivalent allergen unit"),
    ("[todd'U]", "Todd unit"),
    ("[tb'U]", "tuberculin unit"),
    ("[Lf]", "limit of flocculation"),
)


def _dimension(text: str) -> Dimension:
    """Read `M L-1 T-2`; any other word is a base of its own, to the power of one."""
    exponents: dict[str, Fraction] = {}
    for word in text.split():
        if word[0] in _BASES and (len(word) == 1 or word[1:].lstrip("-").isdigit()):
            exponents[_BASES[word[0]]] = Fraction(word[1:] or 1)
        else:
            exponents[word.replace("_", " ") if word[0] != "[" else word] = Fraction(1)
    return dimension_of(exponents)


def _table() -> dict[str, Atom]:
    atoms = {
        code: Atom(code, name, is_metric, Fraction(factor), _dimension(dimension))
        for rows, is_metric in ((_METRIC, True), (_PLAIN_ATOMS, False))
        for code, name, factor, dimension in rows
    }
    for code, name in _ARBITRARY:
        atoms[code] = Atom(code, name, False, Fraction(1), _dimension(code))
    kelvin = atoms["K"].dimension
    zero = Fraction("273.15")
    atoms["Cel"] = Atom("Cel", "degree Celsius", False, Fraction(1), kelvin, zero)
    degree = Fraction(5, 9)
    zero = Fraction("459.67") * degree
    atoms["[degF]"] = Atom("[degF]", "degree Fahrenheit", False, degree, kelvin, zero)
    return atoms


ATOMS: Final = MappingProxyType(_table())
"""Every atom by its code."""
# Two spellings that UCUM itself calls the same.
_SAME: Final = {"l": "L", "[iU]": "[IU]"}


def find_atom(symbol: str) -> tuple[Prefix, Atom] | None:
    """Split a symbol into prefix and atom; None for an unknown one.

    A whole symbol comes before a prefix: `min` is the minute, `cd` the candela.

    >>> prefix, atom = find_atom("mmol")
    >>> prefix.name, atom.name
    ('milli', 'mole')
    """
    whole = ATOMS.get(_SAME.get(symbol, symbol))
    if whole is not None:
        return NO_PREFIX, whole
    for length in (2, 1):
        prefix, rest = _PREFIXES.get(symbol[:length]), symbol[length:]
        atom = ATOMS.get(_SAME.get(rest, rest))
        if prefix is not None and atom is not None and atom.is_metric:
            return prefix, atom
    return None
