"""The order of the passes, in one place.

A `Compilation` takes a source and a function that loads further ones, and offers each intermediate
value as a cached property: syntax, modules, model, graph, findings, artifact. A pass runs only on
clean input; user mistakes are diagnostics, gathered and sorted here, with waivers applied.

Invariant: nothing here reads a file or a clock; the day is handed in.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, partial

from pathwaylang import __version__
from pathwaylang.compiler.emit.artifact import Stamp, emit_artifact
from pathwaylang.compiler.lower import lower_graph
from pathwaylang.compiler.model import Model, Modules, build_model, load_modules
from pathwaylang.compiler.qa.examples import ExampleResult, check_examples, not_run
from pathwaylang.compiler.qa.formulas import check_formulas
from pathwaylang.compiler.qa.overlays import kept_results, told_of_overlay, unapproved_base
from pathwaylang.compiler.qa.repair import add_repairs
from pathwaylang.compiler.qa.waivers import apply_waivers
from pathwaylang.compiler.syntax import Parsed, parse_file
from pathwaylang.compiler.syntax.nodes import File
from pathwaylang.compiler.verify.prove import Findings, Proof, count_proof, prove
from pathwaylang.compiler.verify.verification import BUDGET, Undecided, verify_graph
from pathwaylang.diagnostics import (
    Diagnostic,
    Label,
    Severity,
    Source,
    Sources,
    Span,
    finding,
    sorted_diagnostics,
)
from pathwaylang.ir.artifact import Artifact
from pathwaylang.ir.graph import DecisionGraph
from pathwaylang.ir.hashing import source_hash
from pathwaylang.runtime import Pathway

TOOL = f"pathwaylang {__version__}"

SMALL = 20_000
"""Nodes up to which several repairs are tried: each costs a check of what it touches."""

MOST_REPAIRS = 4

Prove = Callable[[DecisionGraph, Span, int], Findings]


class Compilation:
    """One pathway on its way through the passes."""

    def __init__(  # noqa: PLR0913 - where files come from, and what may be spent on them
        self,
        source: Source,
        load: Callable[[str], Source | None],
        *,
        today: str | None = None,
        budget: int | None = None,
        try_repairs: bool = True,
        parse: Callable[[Source], Parsed] = parse_file,
        prover: Prove = prove,
    ) -> None:
        """Take a source; a `Prover` proves version after version with what it knows already."""
        self.source = source
        self._load = load
        self._parse = parse
        self._prover = prover
        self._today = today
        self._try_repairs = try_repairs
        self._budget = BUDGET if budget is None else budget

    @cached_property
    def parsed(self) -> Parsed:
        """The parsed file with its findings."""
        return self._parse(self.source)

    @property
    def syntax(self) -> File:
        """The syntax tree."""
        return self.parsed.file

    @cached_property
    def modules(self) -> Modules:
        """All files, the root first."""
        return load_modules(self.syntax, self.source, self._load, self._parse)

    @cached_property
    def base(self) -> Compilation | None:
        """The pathway that this one is an overlay of, by itself; None for other files."""
        module = self.modules.base
        if module is None:
            return None
        return Compilation(
            module.source,
            self._load,
            today=self._today,
            budget=self._budget,
            try_repairs=False,
            parse=self._parse,
        )

    @cached_property
    def sources(self) -> Sources:
        """All texts, for rendering."""
        return Sources(self.source, *(module.source for module in self.modules.modules))

    @cached_property
    def _built(self) -> tuple[Model | None, tuple[Diagnostic, ...]]:
        built = build_model(self.modules)
        return built.model, built.diagnostics

    @property
    def model(self) -> Model | None:
        """The model, or None where the file is too broken to mean anything."""
        return self._built[0]

    @cached_property
    def _lowered(self) -> tuple[DecisionGraph | None, tuple[Diagnostic, ...]]:
        return (None, ()) if self.model is None else lower_graph(self.model)

    @property
    def graph(self) -> DecisionGraph | None:
        """The decision graph; None where the model has errors or is a module."""
        return self._lowered[0]

    @cached_property
    def _front(self) -> tuple[Diagnostic, ...]:
        """The findings of all passes before the verifier."""
        return (
            *self.parsed.diagnostics,
            *self.modules.diagnostics,
            *self._built[1],
            *self._lowered[1],
        )

    @property
    def reading(self) -> tuple[Diagnostic, ...]:
        """What was found before the verifier; nothing is proved for it."""
        return sorted_diagnostics(self._front)

    @property
    def _head(self) -> Span:
        head = self.syntax.head
        return head.span if head is not None else self.source.span(0, 0)

    @cached_property
    def findings(self) -> Findings:
        """What the verifier found; empty where an earlier pass failed."""
        graph = self.graph
        if graph is None or not graph.decisions or any(d.is_failure for d in self._front):
            return Findings(())
        return self._prover(graph, self._head, self._budget)

    @property
    def proof(self) -> Proof | None:
        """What was proved; None where nothing was."""
        return self.findings.proof

    @cached_property
    def _unchecked_artifact(self) -> Artifact | None:
        found, graph = self.findings, self.graph
        if found.proof is None or graph is None:
            return None
        verification, record = found.verification, found.proof.record
        if verification is None:  # a solver decided; with more patience there may be a diagram
            patient = verify_graph(graph, self._budget)
            if isinstance(patient, Undecided):
                return None
            verification, record = patient, count_proof(patient).record
        stamp = Stamp(TOOL, self.source_hash, self._lines())
        return emit_artifact(graph, verification, record, stamp)

    def _lines(self) -> tuple[tuple[str, int], ...]:
        assert self.graph is not None
        return tuple(
            (branch.id, self.sources.line_of(branch.span))
            for decision in self.graph.decisions
            for branch in decision.branches
            if branch.span is not None
        )

    @property
    def files(self) -> list[tuple[str, str]]:
        """All files that the pathway consists of: path from the root's folder, and text."""
        return list(self.modules.files)

    @property
    def source_hash(self) -> str:
        """The hash of all files that the pathway consists of."""
        return source_hash(self.files)

    @cached_property
    def examples(self) -> tuple[tuple[ExampleResult, ...], tuple[Diagnostic, ...]]:
        """The results of the examples; none where the pathway could not be proved.

        An example of a base that its overlay answers otherwise is a finding and no result.
        """
        graph, proof = self.graph, self.proof
        if graph is None or proof is None or not graph.examples:
            return (), ()
        artifact = self._unchecked_artifact
        if artifact is None:
            return (), (not_run(graph.examples, self._head),)
        results, found = check_examples(artifact.graph, Pathway(artifact), self.modules.modules)
        return kept_results(results, self.modules), found

    def _repaired(self, found: tuple[Diagnostic, ...]) -> tuple[Diagnostic, ...]:
        """Add the repairs that work: for the first findings, or the first of a large pathway."""
        verification = self.findings.verification
        if not self._try_repairs or verification is None:
            return found
        files = {m.source.name: (m.source, m.file) for m in self.modules.modules}
        most = MOST_REPAIRS if verification.nodes <= SMALL else 1
        return add_repairs(found, files, most, self._rechecked)

    def _rechecked(self, edited: Source) -> tuple[Diagnostic, ...]:
        """Return the findings with one of the files edited; only that one is parsed."""
        trees = {module.source: Parsed(module.file, ()) for module in self.modules.modules}
        if edited in trees:
            return self.findings.diagnostics
        other = Compilation(
            edited if edited.name == self.source.name else self.source,
            lambda name: edited if name == edited.name else self._load(name),
            budget=self._budget,
            try_repairs=False,
            parse=lambda source: trees.get(source) or self._parse(source),
            prover=partial(prove, before=self.findings.verification),
        )
        return (*other._front, *other.findings.diagnostics)

    @cached_property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """All findings, sorted, with waivers applied."""
        found = [
            *self._front,
            *self._repaired(self.findings.diagnostics),
            *self.examples[1],
            *check_formulas(self.graph),
            *self._overdue(),
            *self._approval(),
            *unapproved_base(self.modules, self.graph),
        ]
        told = told_of_overlay(self._waived(found), self.graph, self.modules)
        return sorted_diagnostics(told)

    def _overdue(self) -> list[Diagnostic]:
        if self._today is None or self.model is None:
            return []
        return [
            finding(
                "PW0903",
                f"the review of `{name}` was due by {day}",
                Label(span),
                help="have it reviewed, then write the next day of review",
            )
            for name, day, span in self.model.reviews
            if day < self._today
        ]

    def _approval(self) -> list[Diagnostic]:
        approved = self.model.about.approved if self.model is not None else None
        if approved is None or approved[2] == self.source_hash:
            return []
        return [
            finding(
                "PW0902",
                f"the pathway was changed after it was approved by {approved[0]}",
                Label(self._head),
                notes=(
                    f"The approval is of {approved[2]}, the files now give {self.source_hash}.",
                ),
                help="have it approved again, or take the line `approved` away",
            )
        ]

    def _waived(self, found: list[Diagnostic]) -> tuple[Diagnostic, ...]:
        """Return the findings with waivers; a solver does not look for all that they waive."""
        waivers = self.model.waivers if self.model is not None else ()
        by_solver = bool(self.graph and self.graph.decisions) and not self.findings.verification
        was_verified = not by_solver and not any(d.is_failure for d in self._front)
        return apply_waivers(found, waivers, was_verified)

    @property
    def is_clean(self) -> bool:
        """True if nothing fails: no error, nothing undecided."""
        return not any(d.is_failure for d in self.diagnostics)

    @property
    def has_warnings(self) -> bool:
        """True if a warning stands that no `accept` waives."""
        return any(d.severity is Severity.WARNING and d.waived is None for d in self.diagnostics)

    @property
    def artifact(self) -> Artifact | None:
        """The artifact; None unless the pathway is clean."""
        return self._unchecked_artifact if self.is_clean else None
