"""The verifier beside z3, oxidd and dd on rule sets that all of them can read.

Each answer is made in a fresh process; the engines take turns, so that a ratio compares times of
the same minute. Where two engines say different things the suite fails: then a time means nothing.
"""

from __future__ import annotations

from importlib.util import find_spec

from bench.measure import Child, run_child, spread
from bench.peers import ENGINES, Answer, agree
from bench.record import Figure, Row, Suite, Target
from bench.suites.plan import Effort

LIMIT = 30
ASKED = {
    "ordered": "in order: dead rules, cases left over (counted by all but z3)",
    "unordered": "exactly one: cases left over, cases answered twice (counted by all but z3)",
}
PROBLEMS = (
    ("modular 200", "200 modular rules, 30 variables", "ordered", 0.1),
    ("modular 200", "200 modular rules, 30 variables", "unordered", 0.1),
    ("modular 1000", "1,000 modular rules, 30 variables", "ordered", 0.5),
    ("modular 1000", "1,000 modular rules, 30 variables", "unordered", 0.5),
    ("banded 200", "200 rules over neighbouring ones of 30 variables", "ordered", 0.0),
    ("scattered 40", "40 rules over 30 variables at random", "ordered", 2.0),
    ("table 4200", "a table of 4,200 rows, 5 inputs of 300 codes", "unordered", 2.0),
)
QUICK = 2
SLOW = ("dd (Python)", "dd (CUDD, in C)")


def measure(effort: Effort) -> Suite:
    """Let every engine answer every problem."""
    rows: list[Row] = []
    notes = [f"{e}: not installed" for e, module in ENGINES.items() if not _has(module)]
    engines = [engine for engine, module in ENGINES.items() if _has(module)]
    for name, words, order, limit in PROBLEMS[: effort.pick(len(PROBLEMS), QUICK)]:
        rounds = effort.pick(7, 3)
        found: dict[str, list[Child]] = {engine: [] for engine in engines}
        for turn in range(rounds):
            for engine in engines:
                if turn == 0 or _is_worth_repeating(found[engine]):
                    child = run_child("verify", f"{name} {order}", engine, cpu_limit=LIMIT)
                    found[engine].append(child)
        _judge(f"{name} {order}", found)
        group = f"{words[0].upper()}{words[1:]}; {ASKED[order]}"
        rows += _rows(group, found, limit, f"{name} {order}" == "modular 200 ordered")
    rows += _difference(effort)
    about = (
        "CPU time of one answer in a fresh process, imports not counted; our time includes trying "
        "orders and building cells, theirs building the rules in their own form. All engines get "
        f"the variables in the same declared order. Stopped at {LIMIT} s. The ratio is to `ours` "
        "in the same round."
    )
    return Suite("verify", "Verifier", about, tuple(rows), tuple(notes))


def _difference(effort: Effort) -> list[Row]:
    """Two versions of a rule set: five outcomes changed, three rules gone."""
    rows = []
    for size in effort.pick((200, 1000), (200,)):
        found = [
            run_child("difference", str(size), cpu_limit=LIMIT) for _ in range(effort.pick(7, 2))
        ]
        good = [child for child in found if not child.problem]
        figures: dict[str, Figure] = {"CPU s": found[0].problem}
        if good:
            figures = {
                "CPU s": spread([_cpu(child) for child in good]),
                "memory MB": spread([child.megabytes for child in good]),
                "says": str(good[0].data["says"]),
            }
        what = f"two versions of {size:,} modular rules"
        target = Target("CPU s", 0.2) if size == 200 else None
        group = "Semantic difference, with counts and patients"
        rows.append(Row(group, what, figures, target))
    return rows


def _has(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:
        return False


def _is_worth_repeating(children: list[Child]) -> bool:
    """Slow answers are repeated once only, and those that failed not at all."""
    if any(child.problem for child in children):
        return False
    slow = any(child.cpu > 3 for child in children)
    return len(children) < (2 if slow else 1000) and not any(child.cpu > 8 for child in children)


def _answer(child: Child) -> Answer:
    plain = child.data["answer"]
    assert isinstance(plain, dict)
    dead, uncovered, conflict = plain["dead"], plain["uncovered"], plain["conflict"]
    return Answer(
        tuple(dead) if dead is not None else None,
        plain["is_uncovered"],
        int(uncovered) if uncovered is not None else None,
        plain["is_conflict"],
        int(conflict) if conflict is not None else None,
        plain["undecided"],
    )


def _judge(problem: str, found: dict[str, list[Child]]) -> None:
    answers = {
        engine: _answer(children[0])
        for engine, children in found.items()
        if not children[0].problem
    }
    for one, first in answers.items():
        for other, second in answers.items():
            if not agree(first, second):
                raise SystemExit(f"{problem}: {one} says {first}, {other} says {second}")


def _rows(group: str, found: dict[str, list[Child]], limit: float, is_beside_z3: bool) -> list[Row]:
    rows = []
    own = [_cpu(child) for child in found["ours"] if not child.problem]
    # Without a diagram it is the checks that answer, by a solver.
    judged = "ours" if own and not _answer(found["ours"][0]).undecided else "ours, all checks"
    targets = {judged: Target("CPU s", limit)} if limit else {}
    if is_beside_z3:
        targets["z3"] = Target("against ours", 10, is_least=True)
    for engine, children in found.items():
        if children[0].problem:
            rows.append(Row(group, engine, {"CPU s": children[0].problem}))
            continue
        times = [_cpu(child) for child in children]
        figures: dict[str, Figure] = {"CPU s": spread(times)}
        if own and engine != "ours":
            pairs = list(zip(times, own, strict=False))
            figures["against ours"] = spread([theirs / ours for theirs, ours in pairs])
        figures["memory MB"] = spread([child.megabytes for child in children])
        undecided = _answer(children[0]).undecided
        figures["says"] = f"undecided: {undecided}" if undecided else "answered"
        rows.append(Row(group, engine, figures, targets.get(engine)))
    return rows


def _cpu(child: Child) -> float:
    return float(str(child.data["cpu"]))
