"""What a verification record is made from, handed in as plain values.

Whoever compiles and tests a pathway fills a `Recorded`; the chapters read nothing else. Where the
pathway could not be read, graph and proof are None and the record says so.

Invariant: nothing here is a clock's or a machine's; the same files give the same record.
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass

from pathwaylang.diagnostics import Diagnostic, Sources, Span
from pathwaylang.ir.covered import Coverage
from pathwaylang.ir.graph import About, DecisionGraph
from pathwaylang.ir.proof import ProofRecord


@dataclass(frozen=True, slots=True)
class Expected:
    """One expectation of an example: what was expected, what the pathway gives, at which branch."""

    expected: str
    track: str
    got: str
    branch: str
    passed: bool


@dataclass(frozen=True, slots=True)
class Tried:
    """One example or case that was run: its title, and how each of its expectations went."""

    title: str
    parts: tuple[Expected, ...]
    span: Span | None = None
    file: str = ""
    """The case file that it stands in, and its line there; nothing for examples."""

    @property
    def passed(self) -> bool:
        """True if every expectation was met."""
        return all(part.passed for part in self.parts)


@dataclass(frozen=True, slots=True)
class Filed:
    """One file that the pathway consists of, with the hash of its bytes."""

    name: str
    lines: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Recorded:
    """All that a record tells of."""

    about: About
    graph: DecisionGraph | None
    proof: ProofRecord | None
    diagnostics: tuple[Diagnostic, ...]
    sources: Sources
    files: tuple[Filed, ...]
    source_hash: str
    tool: str
    examples: tuple[Tried, ...] = ()
    cases: tuple[Tried, ...] = ()
    coverage: Coverage | None = None
    charts: tuple[tuple[str, str], ...] = ()
    """Names and titles of the charts that the writer has."""

    nodes: int = 0
    """Nodes of the decision diagram; 0 where a solver decided."""

    @property
    def is_in_order(self) -> bool:
        """True if nothing fails and something was proved."""
        return self.proof is not None and not any(d.is_failure for d in self.diagnostics)

    @property
    def failed(self) -> int:
        """How many examples and cases do not get what they expect."""
        return sum(not tried.passed for tried in (*self.examples, *self.cases))

    @property
    def folder(self) -> str:
        """The folder of the main file, which names of files are told from."""
        first = next(iter(self.sources)).name
        return first.rpartition("/")[0]

    def file_name(self, name: str) -> str:
        """Return a file's name as seen from the pathway's folder."""
        return posixpath.relpath(name, self.folder or ".")

    def place(self, span: Span | None) -> str:
        """Return file and line of a span; nothing for none."""
        if span is None or self.sources.get(span.source) is None:
            return ""
        return f"{self.file_name(span.source)}:{self.sources.line_of(span)}"
