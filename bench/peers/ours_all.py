"""Our verifier as `check` runs it: every check, with patients, boxes and words for each finding.

Where no diagram fits the budget, `check` asks a solver if one is installed, and so does this.
"""

from __future__ import annotations

import re

from bench.peers import Answer
from bench.peers.ours import graph_of
from bench.problems import Problem
from pathwaylang.compiler.verify.prove import prove
from pathwaylang.diagnostics import Span

DEAD = re.compile(r"branch R(\d+) ")


def answer(problem: Problem) -> Answer:
    """Run all checks and read the answers off the findings."""
    found = prove(graph_of(problem), Span("generated.pw", 0, 0)).diagnostics
    by_code: dict[str, list[str]] = {}
    for diagnostic in found:
        by_code.setdefault(diagnostic.code, []).append(diagnostic.message)
    undecided = [d.notes[0] for d in found if d.code == "PW0599"]
    if undecided:
        return Answer(undecided=undecided[0])
    is_uncovered = "PW0501" in by_code or "PW0502" in by_code
    if problem.in_order:
        told = (DEAD.search(message) for message in by_code.get("PW0506", ()))
        return Answer(tuple(sorted(int(match[1]) for match in told if match)), is_uncovered)
    return Answer(None, is_uncovered, None, "PW0504" in by_code)
