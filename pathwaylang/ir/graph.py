"""The decision graph: decisions, branches with guard and outcome, tracks, rules. Acyclic.

This is what everything after the front end works on: the verifier, the evaluator, the emitters. It
is the Model with its flow settled: tables are branches, steps are decisions with one branch, names
of `go to` are resolved, citations are inherited, ids are given.

Invariants: decisions stand in topological order (a decision before those it leads to); every id is
unique; derived facts stand in the order in which they can be computed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pathwaylang.diagnostics import Span
from pathwaylang.ir.about import About as About  # noqa: PLC0414 - to be had here, too
from pathwaylang.ir.derived import Basis, Derived
from pathwaylang.ir.facts import Fact, FactCode, Value
from pathwaylang.ir.guards import Guard

OutcomeKind = Literal["recommend", "offer", "go to"]
Target = Literal["decision", "stage", "pathway", ""]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a branch leads to: recommendations, an offer, or a `go to`.

    For `go to`, `names` has one element and `target` says what it is.
    """

    outcome_kind: OutcomeKind
    names: tuple[str, ...]
    target: Target = ""

    @property
    def text(self) -> str:
        """The outcome's name in reports and JSON: names inside are sorted.

        >>> Outcome("offer", ("resection", "ablation")).text
        'offer ablation or resection'
        """
        match self.outcome_kind:
            case "recommend":
                return " and ".join(sorted(self.names))
            case "offer":
                return "offer " + " or ".join(sorted(self.names))
            case "go to":
                return f"go to {self.names[0]}"


BranchKind = Literal["when", "unknown", "otherwise"]


@dataclass(frozen=True, slots=True)
class Branch:
    """One branch: `guard` is None for `when unknown` and `otherwise`.

    `text` is the condition as written; `cells` the cells of a table row in column order.
    """

    id: str
    branch_kind: BranchKind
    guard: Guard | None
    outcome: Outcome
    text: str = ""
    basis: Basis = Basis()
    strength: str = ""
    cells: tuple[str, ...] = ()
    span: Span | None = None
    labels: tuple[tuple[str, str], ...] = ()


Layout = Literal["decide", "table", "step"]


@dataclass(frozen=True, slots=True)
class Decision:
    """A question with its branches; `obtains` are the tests done before it is answered."""

    name: str
    label: str
    branches: tuple[Branch, ...]
    in_order: bool = False
    unknown_means_no: bool = False
    obtains: tuple[str, ...] = ()
    layout: Layout = "decide"
    columns: tuple[str, ...] = ()
    basis: Basis = Basis()
    does: tuple[str, ...] = ()
    labels: tuple[tuple[str, str], ...] = ()
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Reassess:
    """When to look again, and at which decision; drawn, never executed."""

    when: str
    at: str


@dataclass(frozen=True, slots=True)
class Recommendation:
    """What is recommended, with what an app shows of it."""

    name: str
    label: str
    do: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()
    strength: str = ""
    evidence: str = ""
    reassess: tuple[Reassess, ...] = ()
    codes: tuple[FactCode, ...] = ()
    basis: Basis = Basis()
    labels: tuple[tuple[str, str], ...] = ()
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Test:
    """A test and the facts it finds."""

    name: str
    label: str
    finds: tuple[str, ...]
    codes: tuple[FactCode, ...] = ()
    basis: Basis = Basis()
    labels: tuple[tuple[str, str], ...] = ()
    span: Span | None = None

    __test__ = False


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage and its parallel tracks, each named after the decision it starts at."""

    name: str
    label: str
    tracks: tuple[str, ...]
    labels: tuple[tuple[str, str], ...] = ()
    basis: Basis = Basis()
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Constraint:
    """`impossible when …`."""

    guard: Guard
    basis: Basis = Basis()
    text: str = ""
    span: Span | None = None


RuleKind = Literal["never", "always", "before", "never changes"]


@dataclass(frozen=True, slots=True)
class Rule:
    """A safety rule.

    never/always: `names` are recommendations or branch ids, `guard` the condition, `stage` empty
    for every stage. before: `fact_or_test` is the test, `names` the recommendations. never
    changes: `fact_or_test` is the fact, `names` the tracks.
    """

    rule_kind: RuleKind
    names: tuple[str, ...]
    guard: Guard | None = None
    stage: str = ""
    fact_or_test: str = ""
    basis: Basis = Basis()
    text: str = ""
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Expectation:
    """What an example expects; `track` is empty where the example does not name one."""

    expect_kind: Literal["outcome", "ask", "obtain", "outside"]
    outcome: Outcome | None = None
    name: str = ""
    track: str = ""
    text: str = ""
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Example:
    """A case with what it must lead to; `given` is complete (`given like` is already applied)."""

    label: str
    given: tuple[tuple[str, Value], ...]
    expectations: tuple[Expectation, ...]
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement of a source."""

    id: str
    at: str
    text: str
    quote: str = ""
    background: str = ""
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Citable:
    """A source: an article, a guideline, a trial."""

    name: str
    label: str
    statements: tuple[Statement, ...]
    url: str = ""
    read_on: str = ""
    file: str = ""
    notes: tuple[str, ...] = ()
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Waiver:
    """`accept CODE because "…"`, written at `at`, under the item that covers `span`."""

    code: str
    because: str
    span: Span
    at: Span


@dataclass(frozen=True, slots=True)
class DecisionGraph:
    """A whole pathway, ready to be proved, run and drawn."""

    about: About
    facts: tuple[Fact, ...]
    derived: tuple[Derived, ...]
    decisions: tuple[Decision, ...]
    stages: tuple[Stage, ...]
    recommendations: tuple[Recommendation, ...]
    tests: tuple[Test, ...] = ()
    constraints: tuple[Constraint, ...] = ()
    applies: Guard | None = None
    applies_text: str = ""
    applies_span: Span | None = None
    rules: tuple[Rule, ...] = ()
    examples: tuple[Example, ...] = ()
    sources: tuple[Citable, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    reviews: tuple[tuple[str, str, Span], ...] = ()
    """`review by` lines of all files read: file name, day, place."""

    def decision(self, name: str) -> Decision:
        """Return the decision of this name; KeyError if there is none."""
        return next(d for d in self.decisions if d.name == name)
