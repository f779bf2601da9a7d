"""Write the checks of an input as Python: every field of a plain case, without building anything.

In: facts and their variables. Out: the source of a function that takes an object of facts as JSON
gives it and returns prepared values by name, None for what is not recorded; or None where the input
is not plain: then the reference (`runtime.case`) reads it, and says what is wrong.

Invariants: what is accepted here is accepted there with the same value. A float counts as the
decimal that it prints as: two decimals of at most 15 digits never are one float, so dividing the
nearest whole number of steps and comparing tells exactly.
"""

from __future__ import annotations

from collections.abc import Sequence

from pathwaylang.ir.cells import grid
from pathwaylang.ir.facts import UNKNOWN, Fact
from pathwaylang.runtime.compiled.prepared import Variable

EXACT_DIGITS = 10**15


def write_reader(name: str, facts: Sequence[Fact], variables: Sequence[Variable]) -> str:
    """Return the source of a function of this name; it needs the built-ins of `code.BUILTINS`."""
    lines = [f"def {name}(raw):", " get = raw.get", f" found = {len(facts)}"]
    words: list[str] = []
    for index, (fact, variable) in enumerate(zip(facts, variables, strict=True)):
        lines.append(f" v{index} = get({fact.name!a})")
        if fact.fact_kind == "number":
            lines += _number(fact, variable, f"v{index}")
        elif fact.fact_kind == "yes/no":
            lines += _otherwise(
                fact, f"v{index}", f" if v{index} is not True and v{index} is not False:"
            )
        else:
            every = ", ".join(ascii(choice.name) for choice in fact.choices)
            words.append(f"{name}_words_{index} = {{{every}}}")
            lines += _otherwise(fact, f"v{index}", f" if v{index} not in {name}_words_{index}:")
    values = ", ".join(f"{fact.name!a}: v{index}" for index, fact in enumerate(facts))
    lines += [" if len(raw) != found:", "  return None", f" return {{{values}}}"]
    return "\n".join([*words, *lines]) + "\n"


def is_plain(fact: Fact) -> bool:
    """Return whether plain values of a fact can be read here: a number needs a grid."""
    return fact.fact_kind != "number" or fact.step is not None


def _otherwise(fact: Fact, value: str, head: str) -> list[str]:
    lines = [head, f"  if {value} is None:", "   found -= 1"]
    test = f"elif {value} != {UNKNOWN!r}" if fact.may_be_unknown else "else"
    return [*lines, f"  {test}:", "   return None"]


def _number(fact: Fact, variable: Variable, value: str) -> list[str]:
    """Return the lines that read a stepped number and leave it prepared."""
    low, _, step = grid(fact)
    assert variable.scale is not None and fact.range is not None and fact.range.high is not None
    scale, high = variable.scale, fact.range.high
    first, every = int(low * scale), int(step * scale)
    top = high * scale
    last = int(top // 1) - (1 if top.denominator == 1 and not fact.range.high_closed else 0)
    checks = [f"  if not {first} <= {value} <= {last}:", "   return None"]
    if every != 1:
        checks += [f"  if ({value} - {first}) % {every}:", "   return None"]
    lines = [f" if {value}.__class__ is int:"]
    lines += [f"  {value} *= {scale}"] if scale != 1 else []
    lines += checks
    if scale != 1 and max(abs(first), abs(last)) < EXACT_DIGITS:
        lines += [
            f" elif {value}.__class__ is float:",
            f"  if not {float(low)!r} <= {value} <= {float(high)!r}:",
            "   return None",
            f"  k = round({value} * {scale})",
            f"  if k / {scale} != {value}:",
            "   return None",
            f"  {value} = k",
            *checks,
        ]
    lines += [f" elif {value} is None:", "  found -= 1"]
    if fact.may_be_unknown:
        lines += [f" elif {value} == {UNKNOWN!r}:", f"  {value} = {variable.unknown}"]
    return [*lines, " else:", "  return None"]
