"""Write the checks of an input as Python: every field of a plain case, without building anything.

In: facts and their variables. Out: the source of a function that takes an object of facts as JSON
gives it and returns prepared values by name, None for what is not recorded; or None where the input
is not plain: then the reference (`runtime.case`) reads it, and says what is wrong.

Invariants: what is accepted here is accepted there with the same value. A float counts as the
decimal that it prints as: two decimals of at most 15 digits never are one float, so dividing the
nearest whole number of steps and comparing tells exactly.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pathwaylang.ir.cells import grid
from pathwaylang.ir.facts import UNKNOWN, Fact
from pathwaylang.runtime.compiled.prepared import Variable

EXACT_DIGITS = 10**15
HALF = 1.5 * 2.0**52
"""Added and taken away again, it rounds a float below 2**51 to a whole number."""


def write_reader(name: str, facts: Sequence[Fact], variables: Sequence[Variable]) -> str:
    """Return the source of a function of this name; it needs the built-ins of `code.BUILTINS`."""
    lines = [f"def {name}(raw):", " get = raw.get", f" found = {len(facts)}"]
    words: list[str] = []
    for index, (fact, variable) in enumerate(zip(facts, variables, strict=True)):
        lines.append(f" v{index} = get({fact.name!a})")
        lines += _checks(fact, variable, f"v{index}", f"{name}_words_{index}", ["found -= 1"])
        words += _words(fact, f"{name}_words_{index}")
    values = ", ".join(f"{fact.name!a}: v{index}" for index, fact in enumerate(facts))
    lines += [" if len(raw) != found:", "  return None", f" return {{{values}}}"]
    return "\n".join([*words, *lines]) + "\n"


def write_whole(
    name: str, facts: Sequence[Fact], variables: Sequence[Variable], level_of: Mapping[str, int]
) -> list[str]:
    """Return the first lines of a function that reads a whole case into arguments of its levels.

    Where the case is not plain or has gaps, it returns what `slow` says of it. The function's last
    line stands inside `try`; `Writer.write` puts what follows after these lines, and `END` ends it.
    """
    lines: list[str] = []
    words: list[str] = []
    for index, (fact, variable) in enumerate(zip(facts, variables, strict=True)):
        level = level_of.get(fact.name)
        value = f"v{index}" if level is None else f"x{level}"
        lines.append(f"  {value} = raw[{fact.name!a}]")
        lines += (f" {line}" for line in _whole(fact, variable, value, f"{name}_words_{index}"))
        words += _words(fact, f"{name}_words_{index}")
    first = f" if raw.__class__ is not dict or len(raw) != {len(facts)}:"
    return [*words, f"def {name}(raw):", first, f"  {SLOW}", " try:", *lines, *END]


SLOW = "return slow(raw)"
END = (" except (KeyError, TypeError):", f"  {SLOW}")


def _whole(fact: Fact, variable: Variable, value: str, words: str) -> list[str]:
    """Return the lines that check a recorded value and leave it prepared."""
    unknown = f" and {value} != {UNKNOWN!r}" if fact.may_be_unknown else ""
    if fact.fact_kind == "choice":
        return [f" if {value} not in {words}{unknown}:", f"  {SLOW}"]
    if fact.fact_kind == "yes/no":
        return [f" if {value} is not True and {value} is not False{unknown}:", f"  {SLOW}"]
    if variable.scale == 1 and not fact.may_be_unknown:
        first, last, every = _grid(fact, 1)
        test = f" if {value}.__class__ is not int or not {first} <= {value} <= {last}"
        test += f" or ({value} - {first}) % {every}:" if every != 1 else ":"
        return [test, f"  {SLOW}"]
    return [line.replace("return None", SLOW) for line in _number(fact, variable, value, [SLOW])]


def _words(fact: Fact, name: str) -> list[str]:
    every = ", ".join(f"{choice.name!a}" for choice in fact.choices)
    return [f"{name} = {{{every}}}"] if fact.fact_kind == "choice" else []


def _checks(
    fact: Fact, variable: Variable, value: str, words: str, gap: Sequence[str]
) -> list[str]:
    """Return the lines that check a value and leave it prepared; `gap` is done where it is None."""
    if fact.fact_kind == "number":
        return _number(fact, variable, value, gap)
    test = f"{value} not in {words}"
    if fact.fact_kind == "yes/no":
        test = f"{value} is not True and {value} is not False"
    if fact.may_be_unknown:
        test += f" and {value} != {UNKNOWN!r}"
    return [
        f" if {test}:",
        f"  if {value} is None:",
        *(f"   {line}" for line in gap),
        "  else:",
        "   return None",
    ]


def is_plain(fact: Fact) -> bool:
    """Return whether plain values of a fact can be read here: a number needs a grid."""
    return fact.fact_kind != "number" or fact.step is not None


def _grid(fact: Fact, scale: int) -> tuple[int, int, int]:
    """Return the first and last value of a stepped number and its step, in whole steps."""
    low, _, step = grid(fact)
    assert fact.range is not None and fact.range.high is not None
    top = fact.range.high * scale
    last = int(top // 1) - (1 if top.denominator == 1 and not fact.range.high_closed else 0)
    return int(low * scale), last, int(step * scale)


def _number(fact: Fact, variable: Variable, value: str, gap: Sequence[str]) -> list[str]:
    """Return the lines that read a stepped number and leave it prepared."""
    scale = variable.scale
    assert scale is not None
    first, last, every = _grid(fact, scale)
    checks = [f"  if not {first} <= {value} <= {last}:", "   return None"]
    if every != 1:
        checks += [f"  if ({value} - {first}) % {every}:", "   return None"]
    whole = [f"  {value} *= {scale}", *checks] if scale != 1 else checks
    lines = [f" if {value}.__class__ is int:", *whole]
    if scale != 1 and max(abs(first), abs(last)) < EXACT_DIGITS:
        nearest = f"  k = {value} * {scale} + {HALF} - {HALF}"
        other = [nearest, f"  if k / {scale} != {value}:", "   return None", f"  {value} = k"]
        lines = [f" if {value}.__class__ is float:", *other, *checks, f" el{lines[0][1:]}", *whole]
    lines += [f" elif {value} is None:", *(f"  {line}" for line in gap)]
    if fact.may_be_unknown:
        lines += [f" elif {value} == {UNKNOWN!r}:", f"  {value} = {variable.unknown}"]
    return [*lines, " else:", "  return None"]
