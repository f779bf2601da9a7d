"""Hypothesis strategies for small decision graphs, made as records, not as text.

Graphs are valid as the front end would give them (names resolve, acyclic, topological order) and
otherwise arbitrary: gaps, conflicts, dead branches, unknowns, formulas over two facts.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import product

from hypothesis import strategies as st

from pathwaylang.ir.cells import grid_size
from pathwaylang.ir.derived import (
    Add,
    Classification,
    ClassLine,
    Condition,
    Derived,
    Formula,
    Piece,
    Piecewise,
    Score,
)
from pathwaylang.ir.facts import UNKNOWN, Choice, Fact, Value
from pathwaylang.ir.graph import (
    About,
    Branch,
    Constraint,
    Decision,
    DecisionGraph,
    Outcome,
    Recommendation,
    Rule,
    RuleKind,
    Stage,
)
from pathwaylang.ir.guards import (
    All,
    Any,
    Arith,
    AtLeast,
    Guard,
    Holds,
    Interval,
    Known,
    Not,
    Number,
    OneOf,
    Operator,
    Recommends,
    Ref,
    Relation,
    Within,
)

OPERATORS: tuple[Operator, ...] = ("+", "-", "*", "/")
CHOICES = ("red", "green", "blue")
RECOMMENDATIONS = ("wait", "operate", "treat", "stop")


@st.composite
def facts(draw: st.DrawFn) -> tuple[Fact, ...]:
    found = []
    for index in range(draw(st.integers(1, 4))):
        kind = draw(st.sampled_from(("yes/no", "choice", "number")))
        name = f"f{index}"
        may = draw(st.booleans())
        if kind == "number":
            low = draw(st.integers(-2, 2))
            size = draw(st.integers(1, 5))
            step = draw(st.sampled_from((Fraction(1), Fraction(1, 2))))
            closed = draw(st.booleans())
            span = Interval(Fraction(low), low + size * step, True, closed)
            found.append(Fact(name, name, "number", range=span, step=step, may_be_unknown=may))
        elif kind == "choice":
            choices = tuple(Choice(c, c) for c in CHOICES)
            found.append(Fact(name, name, "choice", choices, may_be_unknown=may))
        else:
            found.append(Fact(name, name, "yes/no", may_be_unknown=may))
    return tuple(found)


def _interval(draw: st.DrawFn) -> Interval:
    low = draw(st.one_of(st.none(), st.integers(-6, 6).map(lambda n: Fraction(n, 2))))
    width = draw(st.integers(0, 6))
    high = draw(st.booleans()) or low is None
    top = (Fraction(0) if low is None else low) + Fraction(width, 2) if high else None
    return Interval(low, top, draw(st.booleans()), draw(st.booleans()))


def _atom(draw: st.DrawFn, names: dict[str, str], tracks: tuple[str, ...]) -> Guard:
    if tracks and draw(st.integers(0, 5)) == 0:
        return Recommends(draw(st.sampled_from(tracks)), (draw(st.sampled_from(RECOMMENDATIONS)),))
    name = draw(st.sampled_from(sorted(names)))
    if draw(st.integers(0, 4)) == 0:
        return Known(name)
    match names[name]:
        case "yes/no":
            return Holds(name)
        case "choice":
            values = draw(st.sets(st.sampled_from(CHOICES), min_size=1, max_size=2))
            return OneOf(name, tuple(sorted(values)))
        case _:
            numbers = sorted(n for n, kind in names.items() if kind == "number")
            if len(numbers) > 1 and draw(st.integers(0, 2)) == 0:
                other = draw(st.sampled_from(numbers))
                operator = draw(st.sampled_from(OPERATORS))
                left = Arith(operator, Ref(name), Ref(other))
                return Relation(
                    left, Number(Fraction(draw(st.integers(-2, 3)))), draw(st.booleans())
                )
            return Within(name, (_interval(draw),))


def _guard(
    draw: st.DrawFn, names: dict[str, str], tracks: tuple[str, ...] = (), depth: int = 2
) -> Guard:
    kind = draw(st.sampled_from(("atom", "atom", "not", "all", "any", "at least")))
    if depth == 0 or kind == "atom":
        return _atom(draw, names, tracks)
    if kind == "not":
        return Not(_guard(draw, names, tracks, depth - 1))
    items = tuple(_guard(draw, names, tracks, depth - 1) for _ in range(draw(st.integers(1, 3))))
    if kind == "at least":
        return AtLeast(draw(st.integers(1, len(items))), items)
    return All(items) if kind == "all" else Any(items)


def _derived(draw: st.DrawFn, names: dict[str, str], index: int) -> Derived:
    name = f"d{index}"
    no = draw(st.booleans())
    numbers = sorted(n for n, kind in names.items() if kind == "number")
    kinds = ["condition", "classification", "score", "piecewise"] + ["formula"] * bool(numbers)
    wide = Interval(Fraction(-100), Fraction(100))
    match draw(st.sampled_from(kinds)):
        case "condition":
            return Condition(name, name, _guard(draw, names), no)
        case "classification":
            lines = [ClassLine(value, _guard(draw, names)) for value in CHOICES[:2]]
            last = ClassLine("blue", None if draw(st.booleans()) else _guard(draw, names))
            values = tuple(Choice(c, c) for c in CHOICES)
            return Classification(name, name, values, (*lines, last), draw(st.booleans()), no)
        case "score":
            adds = tuple(
                Add(Fraction(draw(st.integers(-1, 2))), _guard(draw, names)) for _ in range(2)
            )
            return Score(name, name, adds, no)
        case "piecewise":
            pieces = (
                Piece(Number(Fraction(1)), _guard(draw, names)),
                Piece(Number(Fraction(2)), None if draw(st.booleans()) else _guard(draw, names)),
            )
            return Piecewise(name, name, pieces, wide, unknown_means_no=no)
        case _:
            first, second = draw(st.sampled_from(numbers)), draw(st.sampled_from(numbers))
            operator = draw(st.sampled_from(OPERATORS))
            return Formula(name, name, Arith(operator, Ref(first), Ref(second)), wide)


def kind_of(item: Derived) -> str:
    match item:
        case Condition():
            return "yes/no"
        case Classification():
            return "choice"
        case _:
            return "number"


def _outcome(draw: st.DrawFn, later: list[str]) -> Outcome:
    if later and draw(st.integers(0, 2)) == 0:
        return Outcome("go to", (draw(st.sampled_from(later)),), "decision")
    names = draw(st.lists(st.sampled_from(RECOMMENDATIONS), min_size=1, max_size=2, unique=True))
    offer = len(names) > 1 and draw(st.booleans())
    return Outcome("offer" if offer else "recommend", tuple(names))


def _decision(
    draw: st.DrawFn, name: str, names: dict[str, str], later: list[str], tracks: tuple[str, ...]
) -> Decision:
    branches = [
        Branch(f"{name}.{n + 1}", "when", _guard(draw, names, tracks), _outcome(draw, later))
        for n in range(draw(st.integers(1, 3)))
    ]
    for kind in ("unknown", "otherwise"):
        if draw(st.booleans()):
            number = len(branches) + 1
            branches.append(Branch(f"{name}.{number}", kind, None, _outcome(draw, later)))
    return Decision(name, name, tuple(branches), draw(st.booleans()), draw(st.booleans()))


@st.composite
def graphs(draw: st.DrawFn) -> DecisionGraph:
    """A graph with one stage of one or two tracks, over at most four facts."""
    known = draw(facts())
    names: dict[str, str] = {fact.name: fact.fact_kind for fact in known}
    derived: list[Derived] = []
    for index in range(draw(st.integers(0, 2))):
        item = _derived(draw, names, index)
        derived.append(item)
        names[item.name] = kind_of(item)
    count = draw(st.integers(1, 4))
    starts = ("t0", "t1")[: draw(st.integers(1, 2))]
    order = [*starts, *(f"x{n}" for n in range(count - 1))]
    decisions = [
        _decision(
            draw,
            name,
            names,
            order[max(at + 1, len(starts)) :],
            starts[:at] if at < len(starts) else (),
        )
        for at, name in enumerate(order)
    ]
    constraints = tuple(
        Constraint(_guard(draw, names)) for _ in range(draw(st.sampled_from((0, 0, 1, 2))))
    )
    applies = _guard(draw, names) if draw(st.integers(0, 3)) == 0 else None
    rules: tuple[Rule, ...] = ()
    if draw(st.booleans()):
        kind: RuleKind = "always" if draw(st.booleans()) else "never"
        rules = (Rule(kind, (draw(st.sampled_from(RECOMMENDATIONS)),), _guard(draw, names)),)
    elif draw(st.booleans()):
        fact = draw(st.sampled_from([f.name for f in known]))
        rules = (Rule("never changes", starts, fact_or_test=fact),)
    return DecisionGraph(
        About("generated", "Generated"),
        known,
        tuple(derived),
        tuple(decisions),
        (Stage("main", "Main", starts),),
        tuple(Recommendation(name, name) for name in RECOMMENDATIONS),
        constraints=constraints,
        applies=applies,
        rules=rules,
    )


def values_of(fact: Fact) -> list[Value]:
    """All values of a stepped fact, `unknown` among them where it is allowed."""
    found: list[Value]
    if fact.fact_kind == "yes/no":
        found = [True, False]
    elif fact.fact_kind == "choice":
        found = [choice.name for choice in fact.choices]
    else:
        assert fact.range is not None and fact.range.low is not None and fact.step is not None
        found = [fact.range.low + n * fact.step for n in range(grid_size(fact))]
    return [*found, UNKNOWN] if fact.may_be_unknown else found


def all_cases(graph: DecisionGraph) -> Iterator[dict[str, Value]]:
    """Every complete case of a graph."""
    names = [fact.name for fact in graph.facts]
    for values in product(*(values_of(fact) for fact in graph.facts)):
        yield dict(zip(names, values, strict=True))
