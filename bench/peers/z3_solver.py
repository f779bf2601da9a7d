"""The solver z3: numbers as bounded integers, one question after the other on one solver."""

from __future__ import annotations

from typing import Any

import z3

from bench.peers import Answer
from bench.problems import Problem, Rule, Variable


def _symbol(variable: Variable) -> Any:
    return z3.Bool(variable.name) if variable.kind == "yes/no" else z3.Int(variable.name)


def _test(variable: Variable, symbol: Any, cells: tuple[int, ...]) -> Any:
    match variable.kind:
        case "yes/no":
            return symbol if cells[0] else z3.Not(symbol)
        case "number":
            return z3.And(symbol >= cells[0], symbol <= cells[-1])
        case "choice" if len(cells) > variable.size // 2 + 1:
            return z3.And([symbol != n for n in range(variable.size) if n not in cells])
        case "choice":
            return z3.Or([symbol == n for n in cells])


def _rule(problem: Problem, symbols: list[Any], rule: Rule) -> Any:
    return z3.And([_test(problem.variables[at], symbols[at], cells) for at, cells in rule.tests])


def answer(problem: Problem) -> Answer:
    """Answer yes or no; a solver does not count."""
    symbols = [_symbol(variable) for variable in problem.variables]
    solver = z3.Solver()
    for variable, symbol in zip(problem.variables, symbols, strict=True):
        if variable.kind != "yes/no":
            solver.add(symbol >= 0, symbol < variable.size)
    rules = [_rule(problem, symbols, rule) for rule in problem.rules]
    if problem.in_order:
        return _in_order(solver, rules)
    by_outcome: dict[int, list[Any]] = {}
    for rule, condition in zip(problem.rules, rules, strict=True):
        by_outcome.setdefault(rule.outcome, []).append(condition)
    solver.push()
    solver.add(z3.PbGe([(z3.Or(conditions), 1) for conditions in by_outcome.values()], 2))
    is_conflict = solver.check() == z3.sat
    solver.pop()
    solver.add(z3.Not(z3.Or(rules)))
    return Answer(None, solver.check() == z3.sat, None, is_conflict)


def _in_order(solver: Any, rules: list[Any]) -> Answer:
    dead = []
    for number, condition in enumerate(rules):
        solver.push()
        solver.add(condition)
        if solver.check() != z3.sat:
            dead.append(number)
        solver.pop()
        solver.add(z3.Not(condition))
    return Answer(tuple(dead), solver.check() == z3.sat)
