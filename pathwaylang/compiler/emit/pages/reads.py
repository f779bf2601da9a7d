"""What derived facts and conditions read, directly and through each other.

In comes a graph, out come names. Pure look-ups.

Invariants: names stand in reading order; a fact of the graph reads nothing.
"""

from __future__ import annotations

from pathwaylang.ir.derived import Classification, Condition, Formula, Piecewise, Score
from pathwaylang.ir.graph import DecisionGraph
from pathwaylang.ir.guards import guard_names, term_names


def inputs_of(graph: DecisionGraph) -> dict[str, tuple[str, ...]]:
    """Return what each derived fact reads."""
    found: dict[str, tuple[str, ...]] = {}
    for item in graph.derived:
        match item:
            case Condition(guard=guard):
                found[item.name] = tuple(guard_names(guard))
            case Formula(term=term):
                found[item.name] = tuple(term_names(term))
            case Piecewise(pieces=pieces):
                lines = [*(p.guard for p in pieces if p.guard)]
                terms = tuple(n for p in pieces for n in term_names(p.term))
                found[item.name] = terms + tuple(n for guard in lines for n in guard_names(guard))
            case Classification() | Score():
                guards = [line.guard for line in item.lines if line.guard]
                found[item.name] = tuple(n for guard in guards for n in guard_names(guard))
    return found


def steps_to(names: tuple[str, ...], inputs: dict[str, tuple[str, ...]]) -> dict[str, int]:
    """Return the names with all that they are derived from, and how far off each is."""
    found: dict[str, int] = {}
    reached, step = dict.fromkeys(names), 0
    while reached:
        found |= dict.fromkeys(reached, step)
        further = (name for at in reached for name in inputs.get(at, ()))
        reached, step = dict.fromkeys(name for name in further if name not in found), step + 1
    return found
