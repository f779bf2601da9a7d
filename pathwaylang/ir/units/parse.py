"""Text -> Unit: case-sensitive UCUM, with the spellings that clinicians use.

In comes `mL/min/1.73m2`, `x10^9/L` or `µmol/L`; out comes a `Unit`, or a `UnitProblem` that says
what is wrong. Beyond UCUM: aliases, `^` before an exponent, superscripts, `µ`, a space beside a
stroke, and a number that belongs to the symbol behind it (`mg/24h` is per 24 hours, `g/100mL` per
100 mL). As in UCUM `/` and `.` are read from left to right. Texts, numbers and exponents are
bounded, so that hostile patient data costs nothing.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache
from typing import Final

from pathwaylang.ir.units.aliases import (
    METRIC_ALIASES,
    SURFACE_TEXTS,
    SYMBOL_ALIASES,
    WHOLE_ALIASES,
)
from pathwaylang.ir.units.atoms import (
    BODY_SURFACE,
    SUBSTANCE_RATIO,
    Atom,
    Prefix,
    find_atom,
)
from pathwaylang.ir.units.unit import (
    ProblemReason,
    Term,
    Unit,
    UnitProblem,
    code_of,
    dimension_of,
)

_MAX_LENGTH: Final = 80
_MAX_EXPONENT: Final = 30
_MAX_BITS: Final = 333  # factors between 10^-100 and 10^100
_LOOKALIKES: Final = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻µμ×·⋅", "0123456789-uux..")
_SUPERSCRIPTS: Final = re.compile("(?<=\\w)(?=⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹])(?<![⁰¹²³⁴⁵⁶⁷⁸⁹])")
_LOOSE_SPACE: Final = re.compile(r"\s*([/.])\s*|(?<=[\d.]) +(?=\w)")
_TOKEN: Final = re.compile(
    r"""(?P<surface>1\.73[_.]?m\^?2)
    | (?P<ten>x?10[*^])(?P<ten_power>[+-]?\d{1,2})?
    | (?P<number>\d{1,9})
    | (?P<symbol>cmH2O | (?:[A-Za-z%°'_] | \[[^\[\]{}\s]*\])+) \^?(?P<power>[+-]?\d{1,2})?
    | (?P<note>\{[^{}]*\})
    | (?P<mark>[./()])""",
    re.ASCII | re.VERBOSE,
)


def parse_unit(text: str) -> Unit | UnitProblem:
    """Return the unit that a text means, or what is wrong with it.

    >>> unit = parse_unit("mcg/L")
    >>> unit.code, unit.factor, unit.dimension
    ('ug/L', Fraction(1, 1000), (('length', Fraction(-3, 1)), ('mass', Fraction(1, 1))))
    >>> parse_unit("mgdl").message
    'unknown unit `mgdl`'
    """
    if len(text) > _MAX_LENGTH:
        return UnitProblem(text[:_MAX_LENGTH], "too-long", "the unit is too long to be one")
    return _parse(text.strip())


def find_symbol(symbol: str) -> tuple[Prefix, Atom] | str | None:
    """Return what a symbol or alias stands for: prefix and atom, an annotation, or None.

    >>> find_symbol("beats")
    '{beats}'
    """
    target = SYMBOL_ALIASES.get(symbol, symbol)
    if target.startswith("{") and target != BODY_SURFACE:
        return target
    for alias, code in METRIC_ALIASES.items():
        prefix = symbol.removesuffix(alias)
        found = find_atom(prefix + code) if prefix != symbol else None
        if found is not None and found[0].code == prefix:
            return found
    return find_atom(target)


@lru_cache(maxsize=2048)
def _parse(text: str) -> Unit | UnitProblem:
    """Read a stripped text; remembered, since patient data repeats few units."""
    if not text:
        return UnitProblem("", "empty", "the unit is missing")
    plain = _LOOSE_SPACE.sub(r"\1", _SUPERSCRIPTS.sub("^", text).translate(_LOOKALIKES))
    plain = WHOLE_ALIASES.get(plain, plain)
    reader, place = _Reader(text), 0
    while place < len(plain):
        token = _TOKEN.match(plain, place)
        if token is None:
            return UnitProblem(text, "unknown", f"unknown unit `{text}`")
        reader.take(token)
        place = token.end()
    return reader.finish()


class _Reader:
    """Takes the tokens of one unit, then gives the unit. The first problem stays."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._problem: UnitProblem | None = None
        self._terms: list[Term] = []
        self._exponents: dict[str, Fraction] = {}
        self._factor = Fraction(1)
        self._offset = Fraction(0)
        self._signs = [1]  # of the open brackets, innermost last
        self._sign = 1  # of the next operand: -1 below a stroke
        self._before = "start"  # the kind of the token before: start, open, operator, close, …
        self._is_decimal = False  # a number and a dot were just read

    def take(self, token: re.Match[str]) -> None:
        """Read one token."""
        kind = token.lastgroup or ""
        kind = {"ten_power": "ten", "power": "symbol"}.get(kind, kind)
        if self._problem is None:
            if kind == "mark":
                self._take_mark(token.group())
            elif kind == "note" and self._before in {"symbol", "ten", "number", "close"}:
                self._annotate(token.group())
            else:
                self._take_operand(kind, token)

    def finish(self) -> Unit | UnitProblem:
        """Return the unit, or the first problem."""
        if self._problem is None:
            self._check_whole()
        if self._problem is not None:
            return self._problem
        dimension = dimension_of(self._exponents)
        if not dimension and "substance" in self._exponents:
            dimension = ((SUBSTANCE_RATIO, Fraction(1)),)
        terms = tuple(self._terms)
        return Unit(self._text, code_of(terms), dimension, self._factor, self._offset, terms)

    def _check_whole(self) -> None:
        """Look for what only the whole text can have wrong."""
        size = max(self._factor.numerator.bit_length(), self._factor.denominator.bit_length())
        is_alone = len(self._terms) == 1 and self._terms[0].exponent == 1
        if self._wants_operand or len(self._signs) > 1:
            self._fail("syntax", f"the unit `{self._text}` is not complete")
        elif size > _MAX_BITS:
            self._fail("syntax", f"`{self._text}` is of a size that no unit needs")
        elif self._offset and not is_alone:
            self._fail(
                "scale", f"`{self._text}` multiplies a scale that has its own zero; use K instead"
            )

    @property
    def _wants_operand(self) -> bool:
        return self._before in {"start", "open", "operator"}

    def _fail(self, reason: ProblemReason, message: str) -> None:
        self._problem = UnitProblem(self._text, reason, message)

    def _take_mark(self, mark: str) -> None:
        is_fine = {
            "/": self._before != "operator",
            ".": not self._wants_operand,
            "(": self._wants_operand,
            ")": not self._wants_operand and len(self._signs) > 1,
        }
        if not is_fine[mark]:
            self._fail("syntax", f"`{mark}` stands in the wrong place in the unit `{self._text}`")
        elif mark == "(":
            self._signs.append(self._sign)
        elif mark == ")":
            self._signs.pop()
        else:
            self._sign = self._signs[-1] * (-1 if mark == "/" else 1)
        self._is_decimal = mark == "." and self._before in {"number", "one"}
        self._before = {"(": "open", ")": "close"}.get(mark, "operator")

    def _annotate(self, note: str) -> None:
        """Put a `{…}` on the term before it."""
        last = self._terms[-1] if self._terms else None
        if note in SURFACE_TEXTS or last is None or last.annotation:
            self._fail("syntax", f"`{note}` needs a `/` or `.` before it in `{self._text}`")
        else:
            self._terms[-1] = Term(last.symbol, last.exponent, note)
        self._before = "note"

    def _take_operand(self, kind: str, token: re.Match[str]) -> None:
        is_grouped = self._before == "number" and kind == "symbol"
        if not (self._wants_operand or is_grouped):
            self._fail("syntax", f"a `/` or `.` is missing in the unit `{self._text}`")
            return
        self._before = kind
        if kind == "number" and self._is_decimal:
            self._fail("syntax", f"`{self._text}` has a number that is not whole")
        elif kind == "number":
            self._put_number(token.group(), 1)
        elif kind == "ten":
            self._put_number("10*", int(token["ten_power"] or 1))
        elif kind == "surface" or token.group() in SURFACE_TEXTS:
            self._put_symbol(BODY_SURFACE, 1)
        elif kind == "note":
            self._terms.append(Term("", Fraction(self._sign), token.group()))
        else:
            self._put_symbol(token["symbol"], int(token["power"] or 1))

    def _put_number(self, symbol: str, power: int) -> None:
        value = 10 if symbol == "10*" else int(symbol)
        if value == 0 or not 0 < abs(power) <= _MAX_EXPONENT:
            self._fail("syntax", f"`{self._text}` has a factor or exponent that no unit needs")
            return
        exponent = Fraction(self._sign * power)
        if value == 1:
            self._before = "one"
            return
        self._factor *= Fraction(value) ** exponent.numerator
        self._terms.append(Term(symbol, exponent))

    def _put_symbol(self, symbol: str, power: int) -> None:
        exponent, found = Fraction(self._sign * power), find_symbol(symbol)
        if found is None:
            where = "" if symbol == self._text else f" in `{self._text}`"
            self._fail("unknown", f"unknown unit `{symbol}`{where}")
        elif not 0 < abs(power) <= _MAX_EXPONENT:
            self._fail("syntax", f"`{self._text}` has an exponent that no unit needs")
        elif isinstance(found, str):
            self._terms.append(Term("", exponent, found))
        else:
            prefix, atom = found
            self._terms.append(Term(prefix.code + atom.code, exponent))
            self._factor *= (prefix.factor * atom.factor) ** exponent.numerator
            self._offset = self._offset or atom.offset
            for base, degree in atom.dimension:
                sum_so_far = self._exponents.get(base, Fraction(0))
                self._exponents[base] = sum_so_far + degree * exponent
