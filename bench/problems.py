"""Rule sets made by a seeded generator, for our verifier and for its peers alike.

A `Problem` is variables with numbered cells, and rules: each asks some variables for sets of cells
and names an outcome. It knows no engine; `bench.peers` turns it into the input of each. The same
arguments always give the same problem.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Literal

Kind = Literal["yes/no", "choice", "number"]


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable with `size` cells; a number has the values 0 to `size - 1`."""

    name: str
    kind: Kind
    size: int


@dataclass(frozen=True, slots=True)
class Rule:
    """Holds where every variable named (by its index) is in one of the cells."""

    tests: tuple[tuple[int, tuple[int, ...]], ...]
    outcome: int


@dataclass(frozen=True, slots=True)
class Problem:
    """Rules over variables; `in_order`: the first rule that holds decides."""

    variables: tuple[Variable, ...]
    rules: tuple[Rule, ...]
    in_order: bool
    outcomes: int


OUTCOMES = 12


def thirty_variables() -> list[Variable]:
    """Return 8 variables of five values, 14 yes/no, 8 numbers in eight cells, mixed."""
    fives = [Variable(f"c{n}", "choice", 5) for n in range(8)]
    others = [Variable(f"b{n}", "yes/no", 2) for n in range(14)]
    others += [Variable(f"n{n}", "number", 8) for n in range(8)]
    others += fives[2:]
    Random("variables").shuffle(others)
    return fives[:2] + others


def _cells(rng: Random, variable: Variable) -> tuple[int, ...]:
    match variable.kind:
        case "yes/no":
            return (rng.randrange(2),)
        case "choice":
            return tuple(sorted(rng.sample(range(variable.size), rng.randint(1, 2))))
        case "number":
            cut = rng.randint(1, variable.size - 1)
            return tuple(range(cut)) if rng.random() < 0.5 else tuple(range(cut, variable.size))


def modular(rules: int, in_order: bool) -> Problem:
    """Return rules in 25 modules over 30 variables.

    Two variables choose the module, six neighbouring ones decide within it. Every second module
    ends in a rule without further conditions, so that gaps, dead rules and overlaps all occur.
    """
    rng = Random(f"modular {rules}")
    variables = thirty_variables()
    found: list[Rule] = []
    for module in range(25):
        window = 2 + module % (len(variables) - 8)
        count = rules // 25 + (module < rules % 25)
        head = ((0, (module // 5,)), (1, (module % 5,)))
        for number in range(count):
            tests: tuple[tuple[int, tuple[int, ...]], ...] = ()
            if number < count - 1 or module % 2:
                chosen = sorted(rng.sample(range(window, window + 6), rng.randint(2, 4)))
                tests = tuple((at, _cells(rng, variables[at])) for at in chosen)
            found.append(Rule((*head, *tests), rng.randrange(OUTCOMES)))
    return Problem(tuple(variables), tuple(found), in_order, OUTCOMES)


def banded(rules: int, in_order: bool) -> Problem:
    """Return rules that ask three to five of six neighbouring variables, with nothing to choose."""
    rng = Random(f"banded {rules}")
    variables = thirty_variables()
    found = []
    for _ in range(rules):
        window = rng.randrange(len(variables) - 5)
        chosen = sorted(rng.sample(range(window, window + 6), rng.randint(3, 5)))
        tests = tuple((at, _cells(rng, variables[at])) for at in chosen)
        found.append(Rule(tests, rng.randrange(OUTCOMES)))
    return Problem(tuple(variables), tuple(found), in_order, OUTCOMES)


def scattered(rules: int, in_order: bool) -> Problem:
    """Return rules without structure: each asks six of the 30 variables, drawn at random."""
    rng = Random(f"scattered {rules}")
    variables = thirty_variables()
    found = []
    for _ in range(rules):
        chosen = sorted(rng.sample(range(len(variables)), 6))
        tests = tuple((at, _cells(rng, variables[at])) for at in chosen)
        found.append(Rule(tests, rng.randrange(OUTCOMES)))
    return Problem(tuple(variables), tuple(found), in_order, OUTCOMES)


def many_facts(facts: int) -> Problem:
    """Return rules over many facts: one chooses the module, five belong to each module."""
    rng = Random(f"facts {facts}")
    modules = (facts - 1) // 5
    variables = [Variable("which", "choice", max(modules, 2))]
    kinds: tuple[tuple[Kind, int], ...] = (("yes/no", 2), ("choice", 5), ("number", 8))
    for number in range(facts - 1):
        kind, size = kinds[number % 3]
        variables.append(Variable(f"f{number}", kind, size))
    found = []
    for module in range(modules):
        head = (0, (module,))
        for _ in range(7):
            chosen = sorted(rng.sample(range(1 + 5 * module, 6 + 5 * module), 3))
            tests = tuple((at, _cells(rng, variables[at])) for at in chosen)
            found.append(Rule((head, *tests), rng.randrange(OUTCOMES)))
        found.append(Rule((head,), rng.randrange(OUTCOMES)))
    return Problem(tuple(variables), tuple(found), True, OUTCOMES)


def big_table(rows: int) -> Problem:
    """Return a table over five inputs of up to 300 codes, complete and without overlap.

    For every code of the first input, the other four are split again and again: some codes on one
    side, all others on the other.
    """
    rng = Random(f"table {rows}")
    codes = 300
    firsts = min(codes, rows // 5)
    variables = tuple(Variable(f"code{n}", "choice", codes if n else firsts) for n in range(5))
    found = []
    for first in range(firsts):
        leaves: list[dict[int, tuple[int, ...]]] = [{}]
        count = rows // firsts + (first < rows % firsts)
        while len(leaves) < count:
            box = leaves.pop(rng.randrange(len(leaves)))
            at = rng.randint(1, 4)
            left = box.get(at, tuple(range(codes)))
            if len(left) < 2:
                leaves.append(box)
                continue
            some = tuple(sorted(rng.sample(left, min(rng.randint(1, 6), len(left) - 1))))
            rest = tuple(code for code in left if code not in some)
            leaves += [{**box, at: some}, {**box, at: rest}]
        for box in leaves[:count]:
            tests = ((0, (first,)), *sorted(box.items()))
            found.append(Rule(tests, rng.randrange(OUTCOMES)))
    return Problem(variables, tuple(found), False, OUTCOMES)


PROBLEMS = {"modular": modular, "banded": banded, "scattered": scattered}


def named(name: str) -> Problem:
    """Return the problem of a name such as `modular 200 ordered` or `table 4200`."""
    kind, size, *rest = name.split()
    if kind == "table":
        return big_table(int(size))
    if kind == "facts":
        return many_facts(int(size))
    return PROBLEMS[kind](int(size), rest == ["ordered"])
