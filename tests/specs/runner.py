"""Markdown specifications: documents in, specs out, each with what it expects and what it got.

A `Spec` is one untitled `pw` block with the files of its section. `check_spec` compiles it and
returns the findings as marks, `said` and `answered` give the texts of the blocks `text` and `run`.
The README beside this file describes the format.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path

from pathwaylang.compiler.pipeline import Compilation
from pathwaylang.diagnostics import Diagnostic, Source
from pathwaylang.diagnostics.render_text import render_texts
from pathwaylang.runtime import CaseError, Pathway, TrackAnswer

FOLDER = Path(__file__).parent
MAIN = "main.pw"
SOLVERS = ("pysat", "z3", "oxidd")

_PART = re.compile(
    r"^(?P<level>#+) (?P<heading>.+)$|^```(?P<info>[^\n`]+)\n(?P<body>(?:.*\n)*?)```$", re.MULTILINE
)
_MARK = re.compile(r"\s*# (error|warning|undecided|waived|note): (PW\d{4}(?:, PW\d{4})*)")

Mark = tuple[str, int, str, str]
"""File, line, severity, code."""


@dataclass(frozen=True)
class Block:
    """A fenced block: `start` and `end` enclose its body in the document."""

    kind: str
    options: dict[str, str]
    body: str
    start: int
    end: int


@dataclass(frozen=True)
class Spec:
    """One pathway with the files it may use and the blocks that say more about it."""

    document: Path
    name: str
    main: Block
    files: dict[str, str]
    text: Block | None = None
    runs: Block | None = None

    def __str__(self) -> str:
        return f"{self.document.stem}: {self.name}"


@dataclass
class _Section:
    heading: str
    files: dict[str, str]
    specs: list[Spec] = field(default_factory=list)


def documents() -> list[Path]:
    """Return the documents, sorted."""
    return sorted(path for path in FOLDER.rglob("*.md") if path.name != "README.md")


def read_specs(document: Path) -> list[Spec]:
    """Return the specs of a document in order; names are unique in it."""
    found: list[Spec] = []
    common: dict[str, str] = {}
    section = _Section("", common)
    for match in _PART.finditer(document.read_text(encoding="utf-8")):
        if match["heading"]:
            found += section.specs
            is_first = match["level"] == "#"
            section = _Section(match["heading"], common if is_first else dict(common))
        else:
            _take(section, document, _block(match))
    return [*found, *section.specs]


def _block(match: re.Match[str]) -> Block:
    kind, *words = match["info"].split()
    options = {word.partition("=")[0]: word.partition("=")[2] for word in words}
    return Block(kind, options, match["body"], match.start("body"), match.end("body"))


def _take(section: _Section, document: Path, block: Block) -> None:
    if block.kind == "pw" and "title" in block.options:
        section.files[block.options["title"]] = block.body
    elif block.kind == "pw":
        number = len(section.specs) + 1
        name = section.heading + (f" ({number})" if number > 1 else "")
        section.specs.append(Spec(document, name, block, section.files))
    elif block.kind == "text":
        section.specs[-1] = replace(section.specs[-1], text=block)
    elif block.kind == "run":
        section.specs[-1] = replace(section.specs[-1], runs=block)
    else:
        raise ValueError(f"{document.name}: a block {block.kind!r} means nothing here")


# ---------------------------------------------------------------- what is expected


def expected(spec: Spec) -> Counter[Mark]:
    """Return the marks written in the sources of a spec."""
    texts = {**spec.files, MAIN: spec.main.body}
    marks = Counter(mark for name, text in texts.items() for mark in _marks(name, text))
    for code in filter(None, spec.main.options.get("empty", "").split(",")):
        marks[MAIN, 1, "error", code] += 1
    return marks


def _marks(name: str, text: str) -> Iterator[Mark]:
    for number, line in enumerate(text.splitlines(), start=1):
        for severity, codes in _MARK.findall(line):
            for code in codes.split(", "):
                yield name, number, severity, code


# ---------------------------------------------------------------- what is


@contextmanager
def without_solvers() -> Iterator[None]:
    """Hide the optional engines, so that a specification says the same on every machine."""
    found = {name: sys.modules[name] for name in SOLVERS if name in sys.modules}
    sys.modules.update(dict.fromkeys(SOLVERS))  # type: ignore[arg-type]
    try:
        yield
    finally:
        for name in SOLVERS:
            del sys.modules[name]
        sys.modules.update(found)


class Checked:
    """A spec after compilation."""

    def __init__(self, spec: Spec) -> None:
        self.spec = spec
        options = spec.main.options
        tab = "\t" if "tabs" in options else "→"
        self.texts = {
            name: _MARK.sub("", text).replace("→", tab)
            for name, text in {**spec.files, MAIN: spec.main.body}.items()
        }
        budget = int(options["budget"]) if "budget" in options else None
        self.compilation = Compilation(
            Source(MAIN, self.texts[MAIN]), self._load, today=options.get("today"), budget=budget
        )

    def _load(self, path: str) -> Source | None:
        return Source(path, self.texts[path]) if path in self.texts else None

    @property
    def findings(self) -> tuple[Diagnostic, ...]:
        """All findings, sorted."""
        with nullcontext() if self.needs_solver else without_solvers():
            return self.compilation.diagnostics

    @property
    def needs_solver(self) -> bool:
        """Whether the spec is about what a solver decides."""
        return "solver" in self.spec.main.options

    def marks(self) -> Counter[Mark]:
        """Return the findings as marks."""
        return Counter(self._mark(found) for found in self.findings)

    def _mark(self, found: Diagnostic) -> Mark:
        name = found.span.source
        line = Source(name, self.texts[name]).position(found.span.start).line
        severity = "waived" if found.waived is not None else str(found.severity)
        return name, line, severity, found.code

    def said(self) -> str:
        """Return all findings as people read them."""
        return render_texts(self.findings, self.compilation.sources) + "\n"

    def answered(self) -> str:
        """Return the block `run` with the answers as they are."""
        assert self.spec.runs is not None
        artifact = self.compilation.artifact
        assert artifact is not None, "a pathway with findings cannot be run"
        pathway = Pathway(artifact)
        cases = [line.partition(" => ")[0] for line in self.spec.runs.body.splitlines() if line]
        return "".join(f"{case} => {answer(pathway, case)}\n" for case in cases)


def answer(pathway: Pathway, case: str) -> str:
    """Return the answer for a case given as JSON, in one line."""
    facts, _, day = case.partition(" on ")
    try:
        found = pathway.evaluate(pathway.case(json.loads(facts), on=day or None))
    except CaseError as error:
        return "not a case: " + "; ".join(str(problem) for problem in error.problems)
    return "; ".join([*(_track(entry) for entry in found.tracks), *found.notes])


def _track(entry: TrackAnswer) -> str:
    match entry.status:
        case "recommendation":
            return f"{entry.track}: {entry.outcome}"
        case "request":
            asked = ", ".join(f"{item.action} {item.name}" for item in entry.requests)
            return f"{entry.track}: {asked} (open: {', '.join(entry.possible)})"
        case "contradiction":
            return f"{entry.track}: contradictory input"
        case "outside":
            return f"{entry.track}: outside"


def rewrite(spec: Spec, block: Block, body: str) -> None:
    """Put a new body into a block; the document is read anew, since others may have changed it."""
    again = next(other for other in read_specs(spec.document) if other.name == spec.name)
    place = again.text if block.kind == "text" else again.runs
    assert place is not None
    document = spec.document.read_text(encoding="utf-8")
    text = document[: place.start] + body + document[place.end :]
    spec.document.write_text(text, encoding="utf-8")
