"""The facts of a generated module: how plain values are read, and the cells they fall into.

`module.py` copies the source of these classes and functions into every module; nothing here may
use another name of this project. Values mean what they mean to the runtime: exact numbers in the
declared unit, words, truths, or `unknown` where the fact allows it.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction


class CaseError(ValueError):
    """An input that is no case; `problems` has a line for everything that is wrong."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True)
class Fact:
    """A fact: its kind, its values, and the cells that the pathway tells apart.

    Words: `cells` has the words of each. Numbers: they go from `low` to `high` in steps (or
    densely), and the cuts (value, 0 for before it, 1 for after it) separate their cells.
    """

    kind: str
    cells: tuple[tuple[str, ...], ...] = ()
    low: Fraction = Fraction(0)
    high: Fraction = Fraction(0)
    low_closed: bool = True
    high_closed: bool = True
    step: Fraction | None = None
    scale: int | None = None
    unit: str = ""
    cuts: tuple[tuple[Fraction, int], ...] = ()
    may_be_unknown: bool = False

    def read(self, raw: object) -> bool | str | Fraction:
        """Return a value as the pathway knows it; raise ValueError where it is none."""
        text = raw.strip() if isinstance(raw, str) else ""
        if text.lower() == "unknown":
            if self.may_be_unknown:
                return "unknown"
            raise ValueError(f"`unknown` is not allowed here: {self.allowed()}")
        if self.kind == "yes/no":
            if isinstance(raw, bool):
                return raw
            if text.lower() in ("yes", "true", "no", "false"):
                return text.lower() in ("yes", "true")
        elif self.kind == "choice":
            if any(text in words for words in self.cells):
                return text
        elif (number := self._number(raw)) is not None:
            return number
        raise ValueError(f"{str(raw)[:60]!r} is not a value of it: {self.allowed()}")

    def _number(self, raw: object) -> Fraction | None:
        """Return a number that the fact can have, given plainly or with the unit it is kept in."""
        if isinstance(raw, Mapping) and raw.keys() == {"value", "unit"}:
            raw = f"{raw['value']} {raw['unit']}"
        if isinstance(raw, bool) or not isinstance(raw, int | float | Decimal | Fraction | str):
            return None
        if isinstance(raw, Fraction):
            number = raw
        elif isinstance(raw, int) and abs(raw) > 10**30:
            return None
        else:
            found = re.fullmatch(
                r"([+-]?\d{1,40}(?:\.\d{1,40})?)(?:[eE]([+-]?\d{1,2}))?(?:\s*(\D.*))?",
                str(raw).strip(),
                re.ASCII,
            )
            if found is None or found[3] not in (None, self.unit):
                return None
            number = Fraction(found[1]) * Fraction(10) ** int(found[2] or 0)
        is_inside = self.low < number < self.high or (
            (number == self.low and self.low_closed) or (number == self.high and self.high_closed)
        )
        on_grid = self.step is None or ((number - self.low) / self.step).denominator == 1
        return number if is_inside and on_grid else None

    def allowed(self) -> str:
        """Return what the fact allows, in words."""
        if self.kind == "yes/no":
            return "it is yes or no"
        if self.kind == "choice":
            return "it is one of " + ", ".join(word for words in self.cells for word in words)
        dots = ".." if self.high_closed else "..<"
        step = f" in steps of {self.step}" if self.step is not None else ""
        return f"it goes from {self.low}{dots}{self.high} {self.unit}".rstrip() + step

    def cell_of(self, value: bool | str | Fraction) -> int:
        """Return the cell of a value."""
        if value == "unknown":
            return len(self.cuts) + 1 if self.kind == "number" else len(self.cells)
        if isinstance(value, Fraction):
            return bisect_right(self.cuts, (value, 0))
        word = value if isinstance(value, str) else "yes" if value else "no"
        return next(index for index, words in enumerate(self.cells) if word in words)

    def prepared(self, value: bool | str | Fraction) -> bool | str | int:
        """Return a value as the conditions below compare it: numbers as whole steps."""
        if self.kind != "number":
            assert not isinstance(value, Fraction)
            return value
        if self.scale is None:
            return self.cell_of(value)
        if not isinstance(value, Fraction):
            return int(self.high * self.scale // 1) + 1
        return int(value * self.scale)


@dataclass(frozen=True)
class Formula:
    """A formula over facts without steps: its cuts, and its program in reverse Polish order."""

    facts: tuple[str, ...]
    program: tuple[tuple[str, str], ...]
    cuts: tuple[tuple[Fraction, int], ...]
    may_fail: bool

    def cell(self, values: Mapping[str, bool | str | Fraction]) -> int | None:
        """Return the formula's cell; None while a fact is not recorded or cannot be known."""
        numbers = {n: v for n in self.facts if isinstance(v := values.get(n), Fraction)}
        if len(numbers) < len(self.facts):
            return None
        stack: list[Fraction | None] = []
        for word, detail in self.program:
            if word == "number":
                stack.append(Fraction(detail))
            elif word == "fact":
                stack.append(numbers[detail])
            else:
                count = int(detail)
                taken = stack[-count:]
                del stack[-count:]
                known = [number for number in taken if number is not None]
                stack.append(calculate(word, known) if len(known) == count else None)
        if stack[0] is not None:
            return bisect_right(self.cuts, (stack[0], 0))
        return len(self.cuts) + 1 if self.may_fail else None


def calculate(word: str, numbers: list[Fraction]) -> Fraction | None:
    """Apply an operator or a function; None where it has no value."""
    first, last = numbers[0], numbers[-1]
    match word:
        case "+":
            return first + last
        case "-":
            return first - last
        case "*":
            return first * last
        case "/":
            return None if last == 0 else first / last
        case "min":
            return min(numbers)
        case "max":
            return max(numbers)
        case _:
            return calculate_one(word, first)


def calculate_one(word: str, number: Fraction) -> Fraction | None:
    """Apply a function of one number; roots and logarithms to nine places."""
    try:
        match word:
            case "abs":
                return abs(number)
            case "round":
                return Fraction(round(number))
            case "sqrt":
                return nine_places(math.sqrt(number)) if number >= 0 else None
            case _:
                return nine_places(math.log10(number)) if number > 0 else None
    except OverflowError:
        return None


def nine_places(value: float) -> Fraction:
    """Round a float half-even to nine decimals, exactly."""
    return Fraction(round(Fraction(value) * 10**9), 10**9)
