"""What two engines must agree on: findings, reduced to what both of them tell."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pathwaylang.compiler.verify.engines.proving import solve_graph
from pathwaylang.compiler.verify.engines.solver import Solver
from pathwaylang.compiler.verify.partition import Partition
from pathwaylang.diagnostics import Diagnostic, Span
from pathwaylang.ir.graph import DecisionGraph

HEAD = Span("generated", 0, 0)

ONLY_COUNTED = {"PW0509", "PW0510", "PW0511", "PW0513"}
"""Warnings that a solver does not look for, and the one that says so."""

Key = tuple[str, tuple[str, ...]]


def keys(found: Iterable[Diagnostic]) -> set[Key]:
    """Return code and subject of each finding.

    A gap between two branches is a gap; an overlap is told only where its decision has no conflict,
    since of three branches that hold the engines name different pairs.
    """
    told: set[Key] = set()
    for diagnostic in found:
        code = "PW0501" if diagnostic.code == "PW0502" else diagnostic.code
        names = re.findall(r"(?:branch \S+ of )?`[^`]+`", diagnostic.message)
        of = re.findall(r"of (`[^`]+`)", diagnostic.message)
        told.add((code, tuple(of if code in ("PW0501", "PW0504", "PW0505") else names[:1])))
    clashing = {subject for code, subject in told if code == "PW0504"}
    return {
        (code, () if code == "PW0802" else subject)
        for code, subject in told
        if code not in ONLY_COUNTED and not (code == "PW0505" and subject in clashing)
    }


def keys_of_solver(graph: DecisionGraph, make: type[Solver]) -> set[Key]:
    """Return what a solver finds in a graph; it must decide everything, and show its patients."""
    solved = solve_graph(graph, Partition(graph), make, HEAD)
    assert solved.is_complete
    for diagnostic in solved.diagnostics:
        assert diagnostic.code not in ("PW0599", "PW9902"), diagnostic
        if diagnostic.code in ("PW0501", "PW0503", "PW0504", "PW0801"):
            assert diagnostic.evidence is not None
            assert diagnostic.evidence.patient is not None
    return keys(solved.diagnostics)
