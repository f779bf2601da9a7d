"""Questions to a solver about a graph, and the patients that answer them.

In: a question as literals that must all be true. Out: whether some case answers it; if so, a
patient close to the typical one, replayed through the evaluator before anything is told of him.

Invariant: what the solver gave up on becomes PW0599, never silence.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from pathwaylang.compiler.verify.engines.clauses import Clauses
from pathwaylang.compiler.verify.engines.encode import Encoder
from pathwaylang.compiler.verify.engines.reals import Reals, find_reals
from pathwaylang.compiler.verify.engines.solver import UNSAT, Model, Solver
from pathwaylang.compiler.verify.partition import Partition
from pathwaylang.compiler.verify.reads import Reads
from pathwaylang.compiler.verify.realize import Realizer
from pathwaylang.compiler.verify.telling import Claim, Shows
from pathwaylang.diagnostics import Diagnostic, Evidence, Label, Patient, finding
from pathwaylang.ir.graph import Constraint, DecisionGraph, Stage
from pathwaylang.runtime.walk import Walker

MOST_STEPS = 400
"""So many facts are tried at their typical value to make a patient plainer."""


class Asking:
    """One graph in one solver."""

    def __init__(self, graph: DecisionGraph, partition: Partition, solver: Solver) -> None:
        self.graph = graph
        self.partition = partition
        self.reads = Reads(graph)
        self.clauses = Clauses(solver)
        self.encoder = Encoder(graph, partition, self.clauses)
        self.walker = Walker(graph)
        self.unknown: list[str] = []
        """Why a question was not answered, for each such question."""

    @property
    def engine(self) -> str:
        """What findings call the engine."""
        return self.clauses.solver.name

    @cached_property
    def realizer(self) -> Realizer:
        """Turns cells into values."""
        return Realizer(self.graph, self.partition, self.encoder.space)

    @cached_property
    def reals(self) -> Reals | None:
        """Finds values for formulas over dense numbers, where a solver is installed."""
        return find_reals(self.partition)

    # ------------------------------------------------------------ the world

    def allowed(self, constraints: Sequence[Constraint]) -> int:
        """Return where no constraint removes the case."""
        return self.clauses.all(-self.encoder.guard(c.guard).true for c in constraints)

    @property
    def applies(self) -> int:
        """Where the pathway certainly applies."""
        guard = self.graph.applies
        return self.clauses.all(()) if guard is None else self.encoder.guard(guard).true

    def view(self, facts: frozenset[str]) -> tuple[frozenset[str], int]:
        """Return facts with all that limit them, and where cases over them are in the world."""
        widened, constraints = self.reads.constraints(facts)
        return widened, self.clauses.all((self.applies, self.allowed(constraints)))

    def stage_view(self, stage: Stage) -> tuple[frozenset[str], int]:
        """Return the view of a stage."""
        return self.view(self.reads.stage(stage))

    # ------------------------------------------------------------ questions

    def can_be(self, *literals: int) -> bool | None:
        """Return whether some case makes all literals true; None (and a record) if in doubt."""
        found = self.clauses.solve(*literals)
        if found == UNSAT:
            return False
        if isinstance(found, Model):
            return True
        self.unknown.append(found.reason)
        return None

    def told(
        self,
        claim: Claim,
        question: tuple[int, ...],
        facts: frozenset[str],
        shows: Shows,
    ) -> Diagnostic | None:
        """Return the finding of a claim if some case answers the question, else None."""
        found = self.clauses.solve(*question)
        if found == UNSAT:
            return None
        if not isinstance(found, Model):
            self.unknown.append(found.reason)
            return None
        patient = self._patient(found, question, facts, shows)
        evidence = Evidence(patient, None, "cases", None, (), claim.blame, self.engine)
        if patient is not None:
            notes = (*claim.notes, "How many cases it concerns was not counted.")
            return finding(
                claim.code,
                claim.message,
                *claim.labels,
                notes=notes,
                help=claim.help,
                evidence=evidence,
            )
        if self.partition.opaques:
            return finding(
                "PW0599",
                f"undecided whether {claim.message}",
                *claim.labels,
                notes=(
                    "It depends on a formula over numbers that no engine here decides.",
                    f"Give these numbers a coarser step; the question was {claim.code}.",
                ),
                evidence=evidence,
            )
        return finding(
            "PW9902",
            f"the evaluator does not confirm a finding ({claim.code}: {claim.message})",
            *claim.labels,
            notes=("This is a fault of the verifier. Please report it with the file.",),
        )

    def _patient(
        self, model: Model, question: tuple[int, ...], facts: frozenset[str], shows: Shows
    ) -> Patient | None:
        level = {name: at for at, name in enumerate(self.encoder.space.names)}
        cells = self._plainest(model, question, facts)
        unusual = {
            level[name]: cell
            for name, cell in cells.items()
            if cell != self.realizer.usual_cell(name) or name not in self.partition.facts
        }
        known = {at: cell for at, cell in unusual.items() if at < len(self.graph.facts)}
        for path in (known, unusual):
            for case in self.realizer.cases(path, facts, self.reals):
                if shows(case):
                    return self.realizer.patient(case, path)
        return None

    def _plainest(
        self, model: Model, question: tuple[int, ...], facts: frozenset[str]
    ) -> Mapping[str, int]:
        """Return the cells of a case that answers, with as many usual ones as one pass finds."""
        held = list(question)
        order = [fact.name for fact in self.graph.facts if fact.name in facts]
        for name in order[:MOST_STEPS]:
            usual = self.encoder.cells[name][self.realizer.usual_cell(name)]
            if usual not in model.true:
                found = self.clauses.solve(*held, usual)
                if not isinstance(found, Model):
                    continue
                model = found
            held.append(usual)
        opaque = {o.variable for o in self.partition.opaques.values() if set(o.facts) <= facts}
        return {
            name: next(at for at, literal in enumerate(literals) if literal in model.true)
            for name, literals in self.encoder.cells.items()
            if name in facts or name in opaque
        }


def left_open(asking: Asking, label: Label) -> Diagnostic | None:
    """Return a finding for the questions that the solver gave up on."""
    if not asking.unknown:
        return None
    number = len(asking.unknown)
    return finding(
        "PW0599",
        f"{number} question{'s' if number > 1 else ''} about this pathway could not be decided",
        label,
        notes=(f"{asking.unknown[0]}.".capitalize(),),
    )
