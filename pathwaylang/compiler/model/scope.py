"""Where an expression or a name stands, and how names are looked up from there.

A `Build` is the state of one `build_model`: everything that is gathered on the way. A `Scope` is a
view of it from one file; safety rules and examples see the whole pathway without `use`.

Findings: PW0301 (a name that nothing declares or that is not imported), PW0307 (a name of another
kind).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from pathwaylang.compiler.model.declare import missing_name
from pathwaylang.compiler.model.modules import Modules
from pathwaylang.compiler.model.names import Declared, Kind, Names, Space
from pathwaylang.compiler.model.overlay_targets import Overlay
from pathwaylang.compiler.model.report import Report
from pathwaylang.compiler.model.types import ChoiceOf, Type, listed
from pathwaylang.compiler.syntax import nodes as syntax
from pathwaylang.diagnostics import Label, Span, finding
from pathwaylang.ir.derived import Basis
from pathwaylang.ir.guards import Guard

_COMMENT = re.compile(r"(?<!\S)#[^\n]*")


@dataclass(frozen=True, slots=True)
class Mixed:
    """`and` beside `or` without brackets: both readings, to be compared when all is defined."""

    span: Span
    readings: tuple[tuple[str, Guard], tuple[str, Guard]]


@dataclass(frozen=True, slots=True)
class Numbered:
    """A condition with the basis it rests on, whose numbers are looked for in what is cited."""

    condition: syntax.Expr
    basis: Basis


@dataclass(slots=True)
class Build:
    """The state of one build; complete names and types first, then the rest."""

    modules: Modules
    names: Names
    report: Report
    types: dict[str, Type] = field(default_factory=dict)
    mixed: list[Mixed] = field(default_factory=list)
    numbered: list[Numbered] = field(default_factory=list)
    cited: set[str] = field(default_factory=set)
    asked_names: dict[str, tuple[str, ...]] = field(default_factory=dict)
    overlay: Overlay | None = None

    def is_of_base(self, span: Span) -> bool:
        """Tell whether something is written in the base of an overlay, not in the overlay."""
        return self.overlay is not None and not self.overlay.has(span)

    def path_of(self, path: str, span: Span) -> str:
        """Return the file whose names count for what is written at a place of `path`."""
        return path if self.overlay is None or self.is_of_base(span) else self.overlay.path

    def written(self, span: Span) -> str:
        """Return a stretch of the source with its white space normalised, without comments."""
        for module in self.modules.modules:
            if module.source.name == span.source:
                return " ".join(
                    _COMMENT.sub(" ", module.source.text[span.start : span.end]).split()
                )
        return ""


@dataclass(frozen=True, slots=True)
class Scope:
    """A build seen from one file; `everywhere` for safety rules and examples."""

    build: Build
    path: str
    everywhere: bool = False

    @property
    def report(self) -> Report:
        """The findings so far."""
        return self.build.report

    def look_up(
        self, space: Space, name: syntax.Name, words: str = "", kinds: tuple[Kind, ...] = ()
    ) -> Declared | None:
        """Return the declaration of a name, or None after a finding.

        `words` says what is wanted, in messages; `kinds` restricts what it may be.
        """
        words = words or space.value
        names = self.build.names
        declared = names.find(space, name.text)
        if declared is None or not (self.everywhere or names.is_visible(declared, self.path)):
            self._report_missing(space, name, words)
            return None
        if kinds and declared.kind not in kinds:
            self._report_kind(name, declared, words)
            return None
        return declared

    def _report_missing(self, space: Space, name: syntax.Name, words: str) -> None:
        names = self.build.names
        if name.text in names.poisoned:
            return
        other = names.elsewhere(name.text, space)
        if names.find(space, name.text) is None and other is not None:
            self._report_kind(name, other, words)
            return
        message, advice, labels = missing_name(space, name, self.path, names, words)
        if space is Space.FACTS and not advice:
            advice = self._owner_advice(name.text)
        self.report.add_once(
            ("missing", space.name, name.text, self.path),
            finding("PW0301", message, Label(name.span), *labels, help=advice),
        )

    def _owner_advice(self, name: str) -> str:
        """Say whose value a name is, where it is no fact."""
        for owner in self.build.names.visible(Space.FACTS, self.path):
            type_ = self.build.types.get(owner)
            if isinstance(type_, ChoiceOf) and name in type_.names:
                return f"`{name}` is a value of `{owner}`: write `{owner} is {name}`."
        return ""

    def _report_kind(self, name: syntax.Name, declared: Declared, words: str) -> None:
        self.report.add_once(
            ("kind", words, name.text),
            finding(
                "PW0307",
                f"`{name.text}` is a {declared.kind}, not {article_of(words)}",
                Label(name.span),
                Label(declared.span, f"the {declared.kind} `{name.text}`"),
                help=self._kind_advice(name, declared, words),
            ),
        )

    def _kind_advice(self, name: syntax.Name, declared: Declared, words: str) -> str:
        """Say how what is named is used, or which names would fit."""
        if declared.kind in ("decision", "table", "step", "stage") and "recommend" in words:
            return f"write `go to {name.text}`, or name a recommendation."
        if declared.kind == "recommendation" and "decision" in words:
            return f"write `recommend {name.text}`, or name a decision."
        wanted = next((space for space in Space if space.value.startswith(words)), None)
        fits = {"fact": ("fact",), "stage": ("stage",), "decision": ("decision", "table", "step")}
        names = self.build.names
        found = [
            other
            for space in ([wanted] if wanted else list(Space))
            for other in names.visible(space, self.path)
            if names.by_space[space][other].kind in fits.get(words, (words,))
        ]
        return (
            f"name {article_of(words)}, such as {listed(map(_quoted, found), 3)}." if found else ""
        )


def article_of(words: str) -> str:
    """Return words with their article.

    >>> article_of("example"), article_of("test")
    ('an example', 'a test')
    """
    return f"{'an' if words[0] in 'aeiou' else 'a'} {words}"


def _quoted(name: str) -> str:
    return f"`{name}`"
