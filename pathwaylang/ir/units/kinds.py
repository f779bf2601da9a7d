"""Words for dimensions and units, as a message says them.

In comes a dimension, out comes `mass per volume` or, for one that has no name of its own, a phrase
composed from its bases: `mass times length per time`. A unit is spelt out: `milligram per
decilitre`. No two dimensions have the same words.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from typing import Final

from pathwaylang.ir.units.atoms import ATOMS, SUBSTANCE_RATIO, find_atom
from pathwaylang.ir.units.parse import parse_unit
from pathwaylang.ir.units.unit import Dimension, Term, Unit, split_terms

# A unit of the dimension -> its words. What composes well is not listed.
_NAMED: Final = (
    ("Pa", "pressure"),
    ("N", "force"),
    ("J", "energy"),
    ("W", "power"),
    ("Gy", "absorbed dose"),
    ("Gy/s", "absorbed dose per time"),
    ("kat", "catalytic activity"),
    ("kat/L", "catalytic activity per volume"),
    ("kat/g", "catalytic activity per mass"),
    ("C", "electric charge"),
    ("V", "voltage"),
    ("Ohm", "electrical resistance"),
    ("S", "electrical conductance"),
    ("T", "magnetic flux density"),
    ("lx", "illuminance"),
    ("[wood'U]", "vascular resistance"),
    ("Pa.s", "viscosity"),
)
# Base -> its words; in this order they stand in a phrase, others follow.
_BASES: Final = {
    "mass": "mass",
    "substance": "amount of substance",
    "length": "length",
    "temperature": "temperature",
    "current": "electric current",
    "time": "time",
    "equivalents": "amount of charge equivalents",
    "osmoles": "amount of osmotically active particles",
    "equivalent dose": "equivalent radiation dose",
    "information": "amount of information",
    "body surface": "body surface of 1.73 m2",
    SUBSTANCE_RATIO: "amount of substance per amount of substance",
    "[HPF]": "high power field",
    "[hnsf'U]": "radiodensity",
    "[pH]": "pH",
    "B": "logarithmic level",
    "B[SPL]": "sound pressure level",
}
_LENGTHS: Final = {Fraction(2): "area", Fraction(3): "volume"}
_ORDER: Final = {base: place for place, base in enumerate(_BASES)}


def describe_dimension(dimension: Dimension) -> str:
    """Return what a dimension measures, in words.

    >>> describe_dimension(parse_unit("mg/dL").dimension)
    'mass per volume'
    >>> describe_dimension(parse_unit("mL/min/1.73m2").dimension)
    'volume per time per body surface of 1.73 m2'
    >>> describe_dimension(())
    'a plain number'
    """
    if not dimension:
        return "a plain number"
    named = _named().get(dimension)
    if named is not None:
        return named
    ordered = sorted(dimension, key=lambda part: (_ORDER.get(part[0], len(_ORDER)), part[0]))
    above = [_plural(_words(base, power)) for base, power in ordered if power > 0]
    below = [_words(base, -power) for base, power in ordered if power < 0]
    return " per ".join([" times ".join(above) or "number", *below])


def spell_unit(unit: Unit) -> str:
    """Return the full words of a unit.

    >>> spell_unit(parse_unit("umol/L")), spell_unit(parse_unit("kg/m2"))
    ('micromole per litre', 'kilogram per square metre')
    """
    above, below = split_terms(unit.terms)
    words = [_spell(term) for term in above]
    words += ["per " + " ".join(map(_spell, group)) for group in below]
    return " ".join(words) or "number"


@cache
def _named() -> dict[Dimension, str]:
    found: dict[Dimension, str] = {}
    for code, words in _NAMED:
        unit = parse_unit(code)
        if isinstance(unit, Unit):
            found[unit.dimension] = words
    return found


def _words(base: str, power: Fraction) -> str:
    """Return the words of a base to a positive power."""
    if base == "length" and power in _LENGTHS:
        return _LENGTHS[power]
    name = ATOMS[base].name if base in ATOMS and base not in _BASES else _BASES.get(base, base)
    return _powered(name, power)


def _plural(words: str) -> str:
    """Arbitrary units are counted: `international units per volume`."""
    return words + "s" if words.endswith("unit") else words


def _powered(name: str, power: Fraction) -> str:
    if power == 1:
        return name
    return f"{name} squared" if power == 2 else f"{name} to the power {power}"  # noqa: PLR2004


def _spell(term: Term) -> str:
    """Return the words of a term as `split_terms` gives it."""
    note = term.annotation[1:-1].replace("_", " ")
    power = term.exponent
    if term.symbol == "10*":
        name = f"10 to the power {term.exponent}"
    elif term.symbol.isdigit() or not term.symbol:
        name = term.symbol if power == 1 else f"{term.symbol} to the power {power}"
    else:
        name = _spell_symbol(term.symbol, power)
    return " ".join(filter(None, (name, f"({note})" if note and term.symbol else note)))


def _spell_symbol(symbol: str, power: Fraction) -> str:
    found = find_atom(symbol)
    if found is None:  # INVARIANT: terms hold known symbols only
        return symbol
    prefix, atom = found
    name = prefix.name + atom.name
    words = {Fraction(2): f"square {name}", Fraction(3): f"cubic {name}"}
    return words.get(power, _powered(name, power)) if atom.code == "m" else _powered(name, power)
