"""Writes a decision graph as the text of a pathway.

In: a generated graph (`tests/verify/strategies.py`), whose numbers have no units. Out: a `.pw` text
that must mean the same. Conditions with `at least` are written as bullets, others in one line with
every bracket written; decisions that nothing leads to are left out, since a text may not have them.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import assert_never

from pathwaylang.ir.derived import (
    Classification,
    Condition,
    Derived,
    Formula,
    Piecewise,
    Score,
)
from pathwaylang.ir.exact import write_exact
from pathwaylang.ir.facts import Fact
from pathwaylang.ir.graph import Branch, Decision, DecisionGraph, Outcome, Rule
from pathwaylang.ir.guards import (
    All,
    Any,
    Arith,
    AtLeast,
    Call,
    Const,
    Guard,
    Holds,
    Interval,
    Known,
    Not,
    Number,
    OneOf,
    Recommends,
    Ref,
    Relation,
    Term,
    Within,
    guard_children,
)

OPINION = '  opinion "Generated."'
BECAUSE = 'because "Generated."'


def to_pw(graph: DecisionGraph) -> str:
    """Return the text of a graph."""
    lines = [f'pathway {graph.about.name} "Generated"']
    if graph.applies is not None:
        lines += _condition("  applies when", graph.applies, "  ", "")
    for fact in graph.facts:
        lines += _fact(fact)
    for item in graph.derived:
        lines += _derived(item)
    for constraint in graph.constraints:
        lines += _condition("impossible when", constraint.guard, "", "")
        lines.append(f"  {BECAUSE}")
    for stage in graph.stages:
        lines.append(f'stage {stage.name} "{stage.label}" starts at {", ".join(stage.tracks)}')
    reached = _reached(graph)
    for decision in graph.decisions:
        if decision.name in reached:
            lines += _decision(decision)
    lines += [f'recommendation {item.name} "{item.label}"' for item in graph.recommendations]
    for rule in graph.rules:
        lines += _rule(rule)
    return "\n".join(lines) + "\n"


def _reached(graph: DecisionGraph) -> set[str]:
    reached = {track for stage in graph.stages for track in stage.tracks}
    for decision in graph.decisions:
        if decision.name in reached:
            for branch in decision.branches:
                if branch.outcome.outcome_kind == "go to":
                    reached.add(branch.outcome.names[0])
    return reached


def _fact(fact: Fact) -> list[str]:
    match fact.fact_kind:
        case "yes/no":
            kind = "yes/no"
        case "choice":
            kind = "choice of " + ", ".join(choice.name for choice in fact.choices)
        case "number":
            assert fact.range is not None and fact.step is not None
            kind = f"number {_range(fact.range)} step {write_exact(fact.step)}"
    unknown = ["  may be unknown"] if fact.may_be_unknown else []
    return [f'fact {fact.name} "{fact.label}": {kind}', *unknown]


def _range(interval: Interval) -> str:
    assert interval.low is not None and interval.high is not None
    dots = ".." if interval.high_closed else "..<"
    return f"{write_exact(interval.low)}{dots}{write_exact(interval.high)}"


# ---------------------------------------------------------------- derived facts


def _derived(item: Derived) -> list[str]:
    name = f'{item.name} "{item.label}"'
    match item:
        case Condition():
            no = _means_no(item.unknown_means_no, "  ", below=False)
            return [*_condition(f"define {name} as", item.guard, "", ""), OPINION, *no]
        case Formula():
            head = f"define {name}: number {_range(item.range)} as"
            return [f"{head} {term_text(item.term)}", OPINION]
        case Piecewise():
            head = f"define {name}: number {_range(item.range)} as"
            return [head, *_body(item.unknown_means_no), *_pieces(item)]
        case Classification():
            order = "in order " if item.in_order else ""
            because = [f"  {BECAUSE}"] if item.in_order else []
            lines = [f"classify {order}{name}", *because, *_body(item.unknown_means_no)]
            for line in item.lines:
                if line.guard is None:
                    lines.append(f"  {line.value} otherwise")
                else:
                    lines += _condition(f"  {line.value} when", line.guard, "  ", "")
            return lines
        case Score():
            lines = [f"score {name}", *_body(item.unknown_means_no)]
            for add in item.lines:
                lines += _condition(f"  add {write_exact(add.points)} when", add.guard, "  ", "")
            return lines
        case _:
            assert_never(item)


def _pieces(item: Piecewise) -> Iterable[str]:
    for piece in item.pieces:
        if piece.guard is None:
            yield f"  otherwise {term_text(piece.term)}"
        else:
            yield from _condition(f"  {term_text(piece.term)} when", piece.guard, "  ", "")


def _body(unknown_means_no: bool) -> list[str]:
    return [OPINION, *_means_no(unknown_means_no, "  ", below=True)]


def _means_no(stands: bool, indent: str, below: bool) -> list[str]:
    """Return `unknown means no` with its reason below it, or beside it under a definition."""
    if not stands:
        return []
    return [f"{indent}unknown means no", f"{indent}{'  ' if below else ''}{BECAUSE}"]


# ---------------------------------------------------------------- decisions and rules


def _decision(decision: Decision) -> list[str]:
    order = "in order " if decision.in_order else ""
    lines = [
        f'decide {order}{decision.name} "{decision.label}?"',
        *_body(decision.unknown_means_no),
    ]
    if decision.in_order:
        lines.append(f"  {BECAUSE}")
    for branch in decision.branches:
        lines += _branch(branch)
    return lines


def _branch(branch: Branch) -> list[str]:
    outcome = outcome_text(branch.outcome)
    match branch.branch_kind:
        case "unknown":
            return [f"  when unknown then {outcome}"]
        case "otherwise":
            return [f"  otherwise {outcome}"]
        case "when":
            assert branch.guard is not None
            return _condition("  when", branch.guard, "  ", f"then {outcome}")


def outcome_text(outcome: Outcome) -> str:
    """Return an outcome as a branch says it."""
    match outcome.outcome_kind:
        case "recommend":
            return "recommend " + " and ".join(outcome.names)
        case "offer":
            return "offer " + " or ".join(outcome.names)
        case "go to":
            return f"go to {outcome.names[0]}"


def _rule(rule: Rule) -> list[str]:
    match rule.rule_kind:
        case "never changes":
            return [f"{rule.fact_or_test} never changes {', '.join(rule.names)}", OPINION]
        case "before":
            return [f"always obtain {rule.fact_or_test} before {', '.join(rule.names)}", OPINION]
        case "never" | "always":
            assert rule.guard is not None
            head = f"{rule.rule_kind} recommend {' or '.join(rule.names)} when"
            return [*_condition(head, rule.guard, "", ""), OPINION]


# ---------------------------------------------------------------- conditions


def _condition(head: str, guard: Guard, indent: str, tail: str) -> list[str]:
    """Return a condition behind its head, in one line or as bullets; the tail stands after it."""
    if not _needs_bullets(guard) and not isinstance(guard, All):
        return [f"{head} {inline(guard)}{' ' + tail if tail else ''}"]
    quantifier, items = _quantified(guard)
    lines = [f"{head} {quantifier}", *_bullets(items, indent + "  ")]
    return [*lines, f"{indent}{tail}"] if tail else lines


def _needs_bullets(guard: Guard) -> bool:
    return isinstance(guard, AtLeast) or any(map(_needs_bullets, guard_children(guard)))


def _bullets(items: Iterable[Guard], indent: str) -> Iterable[str]:
    for item in items:
        if _needs_bullets(item):
            quantifier, inner = _quantified(item)
            yield f"{indent}- {quantifier}"
            yield from _bullets(inner, indent + "  ")
        else:
            yield f"{indent}- {inline(item)}"


def _quantified(guard: Guard) -> tuple[str, tuple[Guard, ...]]:
    match guard:
        case All(items):
            return "all of", items
        case Any(items):
            return "any of", items
        case Not(item):
            return "none of", (item,)
        case AtLeast(count, items):
            return f"at least {count} of", items
        case _:
            return "all of", (guard,)


def inline(guard: Guard) -> str:  # noqa: C901 - one arm per kind
    """Return a condition without `at least` in one line, with all brackets."""
    match guard:
        case Holds(name):
            return name
        case Known(name):
            return f"{name} is known"
        case OneOf(name, values):
            return f"{name} is {'one of ' if len(values) > 1 else ''}{', '.join(values)}"
        case Within(name, intervals):
            return " or ".join(_within(name, interval) for interval in intervals)
        case Relation(left, right, strict):
            return f"{term_text(left)} {'<' if strict else '<='} {term_text(right)}"
        case Recommends(track, names):
            return f"{track} recommends {', '.join(names)}"
        case Not(item):
            return f"not ({inline(item)})"
        case All(items):
            return " and ".join(f"({inline(item)})" for item in items)
        case Any(items):
            return " or ".join(f"({inline(item)})" for item in items)
        case AtLeast() | Const():
            raise ValueError(f"{guard} has no form in one line")
        case _:
            assert_never(guard)


def _within(name: str, interval: Interval) -> str:
    parts = []
    if interval.low is not None:
        parts.append(f"{name} {'>=' if interval.low_closed else '>'} {write_exact(interval.low)}")
    if interval.high is not None:
        parts.append(f"{name} {'<=' if interval.high_closed else '<'} {write_exact(interval.high)}")
    return f"({' and '.join(parts)})"


def term_text(term: Term) -> str:
    """Return a formula with all brackets."""
    match term:
        case Number(value):
            return write_exact(Fraction(value))
        case Ref(name):
            return name
        case Arith(operator, left, right):
            return f"({term_text(left)} {operator} {term_text(right)})"
        case Call(function, arguments):
            return f"{function}({', '.join(map(term_text, arguments))})"
        case _:
            assert_never(term)
